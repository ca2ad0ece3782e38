package io.github.llmbudget.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the files of this repository as a reader of its documents sees them. */
final class Repository {

    static final Path README = Path.of("README.md");
    static final Path GUIDE = Path.of("src/site/markdown/guide.md");
    static final Path SAMPLES = Path.of("samples");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\R(.*?)^```$");

    private Repository() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the fenced blocks of a document that are in one language. */
    static List<String> blocks(Path document, String language) {
        return BLOCK.matcher(text(document))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** Returns what the first group of a pattern finds in a text. */
    static List<String> all(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Returns the files of the samples that have a name of this kind, without what their builds made. */
    static List<Path> sampleFiles(String suffix) {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.toString().contains("target"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes line breaks and indentation irrelevant. */
    static String normalised(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
