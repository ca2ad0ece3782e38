package io.github.llmbudget.cassette;

import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Where cassettes are kept: in a directory of the project, and, to be read only, on the class path. Safe for use by many
 * threads and JVMs, as long as no two write the same cassette.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CassetteStore {

    /** The directory, and the prefix of resources, where cassettes are kept if nothing else is said: {@value}. */
    public static final String DIRECTORY = "llm-cassettes";

    private static final int PIECE = 1 << 16;
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final ClassLoader resources;
    private final String resourcePrefix;

    /**
     * Creates a store.
     *
     * @param directory where cassettes are written, and read first
     * @param resources where they are read otherwise
     * @param resourcePrefix what their names begin with there, such as {@code llm-cassettes}
     */
    public CassetteStore(Path directory, ClassLoader resources, String resourcePrefix) {
        this.directory = directory;
        this.resources = resources;
        this.resourcePrefix = resourcePrefix;
    }

    /**
     * Returns the file of a cassette.
     *
     * @param name its name, such as {@code SupportBotTest/answers}
     * @return where it is written; names are changed as far as file systems demand it
     */
    public Path file(String name) {
        return directory.resolve(relative(name));
    }

    /**
     * Tells whether there is a cassette.
     *
     * @param name its name
     * @return whether it is in the directory or on the class path
     */
    public boolean exists(String name) {
        return Files.exists(file(name)) || resource(name) != null;
    }

    /**
     * Reads a cassette.
     *
     * @param name its name
     * @param test the unique name of the test that wants it
     * @return the cassette, empty if there is none
     * @throws IOException if there is one, and it cannot be got at
     * @throws ConfigurationException if it is no cassette, or that of another test
     */
    public Optional<Cassette> read(String name, String test) throws IOException {
        Path file = file(name);
        if (Files.exists(file)) {
            return Optional.of(own(bytes(file), file.toString(), test));
        }
        URL resource = resource(name);
        if (resource == null) {
            return Optional.empty();
        }
        try (InputStream bytes = resource.openStream()) {
            return Optional.of(own(bytes.readAllBytes(), resource.toString(), test));
        }
    }

    /** In pieces, for the JDK makes a second array of the length of each. */
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = new byte[Math.toIntExact(Files.size(file))];
            int length = 0;
            while (length < bytes.length) {
                int read = input.read(bytes, length, Math.min(PIECE, bytes.length - length));
                if (read < 0) {
                    break;
                }
                length += read;
            }
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }

    /**
     * Makes sure that a cassette that is to be written is not that of another test. One that cannot be read is nobody's.
     *
     * @param name its name
     * @param test the unique name of the test that wants to write it
     * @throws IOException if there is one, and it cannot be got at
     * @throws ConfigurationException if it is that of another test
     */
    public void requireOwn(String name, String test) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            return;
        }
        Cassette there;
        try {
            there = CassetteReader.read(Files.readAllBytes(file), file.toString());
        } catch (ConfigurationException e) {
            return; // Whoever records it anew mends it.
        }
        requireOwn(there, file.toString(), test);
    }

    private static Cassette own(byte[] file, String name, String test) {
        Cassette cassette = CassetteReader.read(file, name);
        requireOwn(cassette, name, test);
        return cassette;
    }

    private static void requireOwn(Cassette cassette, String name, String test) {
        if (!cassette.test().equals(test)) {
            throw new ConfigurationException("The cassette " + name + " belongs to the test " + cassette.test()
                    + ", and cannot be that of " + test
                    + " too. Give one of their classes a folder of its own, @LlmCassette(folder = ...); if the test was only renamed, change \"test\""
                    + " in the file.");
        }
    }

    /** Where there are sources, what a build copied from them may be older than they are. */
    private @Nullable URL resource(String name) {
        Path parent = directory.toAbsolutePath().getParent();
        boolean isFromSources = Files.isDirectory(directory) || (parent != null && Files.isDirectory(parent));
        return isFromSources ? null : resources.getResource(resourcePrefix + "/" + relative(name));
    }

    private static String relative(String name) {
        return Arrays.stream(name.split("/", -1)).map(FileName::of).collect(Collectors.joining("/")) + SUFFIX;
    }

    /**
     * Writes a cassette, in place of the one there was. Whatever happens meanwhile, there is the old file or the new one,
     * and it is whole.
     *
     * @param name its name
     * @param cassette the cassette
     * @param rules what the test declares
     * @param secrets the keys in use
     * @return the file
     * @throws SecretFoundException if there is a secret in it; then nothing is written
     * @throws ConfigurationException if there is one of another test
     * @throws IOException if it cannot be written
     */
    public Path write(String name, Cassette cassette, CassetteRules rules, Set<String> secrets) throws IOException {
        new SecretScan(rules, secrets).check(cassette);
        requireOwn(name, cassette.test());
        Path file = file(name);
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new ConfigurationException("The cassette '" + name + "' has no name of a file. Give it one.");
        }
        Files.createDirectories(parent);
        // In the same directory, for only within a file system can a file be moved at once.
        // Not a temporary file of the JDK: those are for their owner only, and the cassette would stay so.
        Path written = parent.resolve("." + UUID.randomUUID() + ".cassette-in-writing");
        try {
            flush(written, CassetteWriter.write(cassette));
            move(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
        return file;
    }

    /** Without this, a machine that stops may have moved a file whose bytes it had not written yet. */
    private static void flush(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static void move(Path written, Path file) throws IOException {
        try {
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // Some network file systems: still the whole file, but for a moment there may be none.
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
