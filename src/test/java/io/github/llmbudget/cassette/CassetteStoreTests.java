package io.github.llmbudget.cassette;

import static io.github.llmbudget.cassette.Exchanges.answer;
import static io.github.llmbudget.cassette.Exchanges.answering;
import static io.github.llmbudget.cassette.Exchanges.cassette;
import static io.github.llmbudget.cassette.Exchanges.chat;
import static io.github.llmbudget.cassette.Exchanges.exchange;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CassetteStoreTests {

    private static final String NAME = "SupportBotTest/answers";
    private static final Cassette CASSETTE = answering("a", "b");

    @TempDir
    private Path directory;

    @Test
    void writesAndReads() throws IOException {
        CassetteStore store = store(directory.resolve("new"));
        assertThat(store.exists(NAME)).isFalse();
        assertThat(store.read(NAME, CASSETTE.test())).isEmpty();

        Path file = write(store, NAME, CASSETTE);

        assertThat(file)
                .isEqualTo(directory.resolve("new/SupportBotTest/answers.json"))
                .isEqualTo(store.file(NAME));
        assertThat(Files.readString(file))
                .isEqualTo(new String(CassetteWriter.write(CASSETTE), UTF_8))
                .endsWith("}\n");
        assertThat(store.exists(NAME)).isTrue();
        assertThat(store.read(NAME, CASSETTE.test()).orElseThrow().exchanges()).hasSize(2);
        assertThat(names(file.getParent())).containsExactly("answers.json");
    }

    @Test
    void replacesTheOldFile() throws IOException {
        write(store(directory), NAME, answering("a", "b", "c"));
        write(store(directory), NAME, answering("a"));
        assertThat(store(directory).read(NAME, CASSETTE.test()).orElseThrow().exchanges())
                .hasSize(1);
    }

    @Test
    void letsOthersReadTheFile() throws IOException {
        Path file = write(store(directory), NAME, CASSETTE);
        Path other = Files.createFile(file.resolveSibling("other"));
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> usual = Files.getPosixFilePermissions(other);
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(usual);
        }
    }

    @Test
    void readsFromTheClassPathWhereThereAreNoSources() throws IOException {
        Path resources = directory.resolve("resources");
        write(store(resources.resolve("llm-cassettes")), NAME, CASSETTE);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {resources.toUri().toURL()}, null)) {
            CassetteStore store =
                    new CassetteStore(directory.resolve("src/test/cassettes"), loader, CassetteStore.DIRECTORY);
            assertThat(store.exists(NAME)).isTrue();
            assertThat(store.read(NAME, CASSETTE.test()).orElseThrow().exchanges())
                    .hasSize(2);

            // What a build copied may be older than its sources.
            Files.createDirectories(directory.resolve("src/test"));
            assertThat(store.exists(NAME)).isFalse();
            assertThat(store.read(NAME, CASSETTE.test())).isEmpty();
        }
    }

    @Test
    void namesBothTestsThatWantOneCassette() throws IOException {
        write(store(directory), NAME, CASSETTE);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> store(directory).read(NAME, "other.SupportBotTest.answers"))
                .withMessageContaining("belongs to the test SupportBotTest.answers")
                .withMessageContaining("that of other.SupportBotTest.answers")
                .withMessageContaining("answers.json")
                .withMessageContaining("Give one of their classes a folder of its own");
    }

    @Test
    void writesNothingWhereThereIsASecret() throws IOException {
        write(store(directory), NAME, CASSETTE);
        String before = Files.readString(store(directory).file(NAME));
        Cassette leaking = cassette(exchange(chat("{\"k\":\"the-key-that-is-in-use\"}"), answer("{}")));
        assertThatExceptionOfType(SecretFoundException.class)
                .isThrownBy(() ->
                        store(directory).write(NAME, leaking, CassetteRules.NONE, Set.of("the-key-that-is-in-use")));
        assertThat(store(directory).file(NAME)).hasContent(before);
        assertThat(names(store(directory).file(NAME).getParent())).containsExactly("answers.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a/b | a/b.json",
                "A$B/größe(int) | A$B/größe(int).json",
                "a/x?y:z | a/x_y_z-[0-9a-f]{8}.json",
                "a/x*y:z | a/x_y_z-[0-9a-f]{8}.json",
                "../../etc | _-[0-9a-f]{8}/_-[0-9a-f]{8}/etc.json",
                "/etc | -[0-9a-f]{8}/etc.json",
                "con/aux.b | _con-[0-9a-f]{8}/_aux.b-[0-9a-f]{8}.json",
                "a/b. | a/b_-[0-9a-f]{8}.json",
                "a/b\\c | a/b_c-[0-9a-f]{8}.json",
                "a\\n/b | a_-[0-9a-f]{8}/b.json",
            })
    void givesNamesThatEveryFileSystemTakes(String name, String expected) {
        Path relative = directory.relativize(store(directory).file(name.replace("\\n", "\n")));
        String pattern = Stream.of(expected.split("\\[0-9a-f]\\{8}", -1))
                .map(java.util.regex.Pattern::quote)
                .collect(java.util.stream.Collectors.joining("[0-9a-f]{8}"));
        assertThat(relative.toString().replace('\\', '/')).matches(pattern);
    }

    @Test
    void keepsLongNamesApart() {
        CassetteStore store = store(directory);
        Path one = store.file("a/" + "x".repeat(300) + "1");
        Path other = store.file("a/" + "x".repeat(300) + "2");
        assertThat(one).isNotEqualTo(other);
        assertThat(one.getFileName().toString()).hasSizeLessThan(150);
    }

    @Test
    void writesLongNamesWhoseLettersHaveSeveralBytes() throws IOException {
        String name = "SupportBotTest/" + "\u65e5\u672c\u8a9e".repeat(30);

        write(store(directory), name, Exchanges.answering("a"));

        assertThat(store(directory).read(name, "SupportBotTest.answers")).isPresent();
    }

    /** A JVM writes in a loop and halts in the middle of it: whenever that is, there is a whole file. */
    @ParameterizedTest
    @ValueSource(ints = {30, 70, 120, 180, 240})
    void leavesAWholeFileWhenTheJvmIsKilled(int millis) throws Exception {
        write(store(directory), NAME, answering("old"));
        Process child = child("SupportBotTest/answers", millis);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(CassetteWriterProcess.HALTED);

        Cassette read = store(directory).read(NAME, CASSETTE.test()).orElseThrow();
        String first = new String(read.exchanges().get(0).request().body(), UTF_8);
        assertThat(read.exchanges())
                .allMatch(exchange -> new String(exchange.request().body(), UTF_8).equals(first));
        assertThat(read.exchanges().size()).isIn(1, CassetteWriterProcess.EXCHANGES);
    }

    @Test
    void isWrittenByTwoJvmsAtOnce() throws Exception {
        List<Process> children = new ArrayList<>();
        for (String method : List.of("one", "two")) {
            children.add(child("SupportBotTest/" + method, 300));
        }
        for (Process child : children) {
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        for (String method : List.of("one", "two")) {
            assertThat(store(directory)
                            .read("SupportBotTest/" + method, CASSETTE.test())
                            .orElseThrow()
                            .exchanges())
                    .hasSize(CassetteWriterProcess.EXCHANGES);
        }
    }

    private Process child(String name, int millis) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CassetteWriterProcess.class.getName(),
                        directory.toString(),
                        name,
                        String.valueOf(millis))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("child.log").toFile())
                .start();
    }

    private static CassetteStore store(Path directory) {
        return new CassetteStore(directory, CassetteStoreTests.class.getClassLoader(), CassetteStore.DIRECTORY);
    }

    private static Path write(CassetteStore store, String name, Cassette cassette) throws IOException {
        return store.write(name, cassette, CassetteRules.NONE, Set.of());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
