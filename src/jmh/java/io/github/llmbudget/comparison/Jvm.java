package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The running JVM of an entrant. It works in a directory of its own, which is deleted with it. */
final class Jvm implements AutoCloseable {

    private static final String ERRORS = "errors.txt";
    private static final Path DIRECTORIES = Path.of("target", "comparison");

    private final Entrant entrant;
    private final Path directory;
    private final Process process;
    private final BufferedReader out;

    private Jvm(Entrant entrant, Path directory, Process process) {
        this.entrant = entrant;
        this.directory = directory;
        this.process = process;
        this.out = process.inputReader(UTF_8);
    }

    static Jvm start(Entrant entrant) throws IOException {
        Path directory = Files.createTempDirectory(Files.createDirectories(DIRECTORIES), "jvm");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(entrant.options());
        command.addAll(List.of("-cp", entrant.classPath(), entrant.main().getName()));
        command.addAll(entrant.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve(ERRORS).toFile());
        // On a build server nothing is recorded.
        builder.environment().remove("CI");
        return new Jvm(entrant, directory, builder.start());
    }

    /** Waits for figures. What else it prints is of interest only if none come. */
    Map<Figure, Double> figures() throws IOException {
        String line = out.readLine();
        while (line != null && !Figure.isIn(line)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("No figures came from " + entrant.main().getSimpleName() + " "
                    + String.join(" ", entrant.arguments()) + ":\n" + Files.readString(directory.resolve(ERRORS)));
        }
        return Figure.read(line);
    }

    /** Has it do again what it did. */
    Map<Figure, Double> again() throws IOException {
        OutputStream orders = process.getOutputStream();
        orders.write('\n');
        orders.flush();
        return figures();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
