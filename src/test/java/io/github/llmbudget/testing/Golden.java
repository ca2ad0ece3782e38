package io.github.llmbudget.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares texts with files under {@code src/test/resources/golden}. {@code -Dgolden.update} rewrites the files; read
 * the difference before you commit it.
 */
public final class Golden {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /**
     * Compares a text with a file.
     *
     * @param actual the text, compared with one line end at its end
     * @param file the file's name
     */
    public static void assertMatches(String actual, String file) {
        Path golden = DIRECTORY.resolve(file);
        String text = actual.stripTrailing() + "\n";
        try {
            if (System.getProperty("golden.update") != null) {
                Files.createDirectories(DIRECTORY);
                Files.writeString(golden, text);
            }
            if (!Files.exists(golden)) {
                fail("There is no " + golden + "; -Dgolden.update writes it. The text is:\n" + text);
            }
            assertThat(text).as("compared with " + golden).isEqualTo(Files.readString(golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
