package io.github.llmbudget.jupiter;

import io.github.llmbudget.cassette.Cassette;
import io.github.llmbudget.cassette.CassetteRules;
import io.github.llmbudget.cassette.CassetteStore;
import io.github.llmbudget.cassette.RequestNormaliser;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the conversation of one test, or of the set-up of a class, is kept, and what is declared about it.
 *
 * @param store keeps it
 * @param name its name in the store
 * @param owner the unique name of the test or class
 * @param mode who answers, if nothing else says so
 * @param rules what does not count, and what is not written
 * @param recordedTiming whether answers come in the time that they took
 */
record TestCassette(
        CassetteStore store,
        String name,
        String owner,
        CassetteMode mode,
        CassetteRules rules,
        boolean recordedTiming) {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", CassetteStore.DIRECTORY);

    /**
     * Finds what is declared.
     *
     * @param declarations where to look
     * @param testClass the class of the test
     * @param test the name of the test in its class, {@code null} for the set-up of the class
     */
    static Optional<TestCassette> of(
            Declarations declarations, Class<?> testClass, @Nullable String test, Configuration configuration) {
        for (Declarations.Declared<LlmCassette> declared : declarations.find(LlmCassette.class)) {
            LlmCassette cassette = declared.what();
            String folder = cassette.folder().isBlank() ? Declarations.name(testClass) : cassette.folder();
            return Optional.of(new TestCassette(
                    store(testClass, configuration),
                    folder + "/" + (test == null ? "class" : test),
                    testClass.getName() + (test == null ? "" : "." + test),
                    cassette.mode(),
                    rules(declared),
                    cassette.recordedTiming()));
        }
        return Optional.empty();
    }

    private static CassetteStore store(Class<?> testClass, Configuration configuration) {
        Path directory =
                configuration.text(Configuration.CASSETTES_DIR).map(Path::of).orElse(DIRECTORY);
        return new CassetteStore(directory, testClass.getClassLoader(), CassetteStore.DIRECTORY);
    }

    private static CassetteRules rules(Declarations.Declared<LlmCassette> declared) {
        LlmCassette cassette = declared.what();
        try {
            return CassetteRules.of(
                    List.of(cassette.ignore()),
                    List.of(cassette.redactPaths()),
                    List.of(cassette.redactPatterns()),
                    normaliser(cassette.normaliser()));
        } catch (ConfigurationException e) {
            throw new ConfigurationException("@LlmCassette on " + declared.on() + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable RequestNormaliser normaliser(Class<? extends RequestNormaliser> type) {
        if (type == RequestNormaliser.class) {
            return null;
        }
        try {
            Constructor<? extends RequestNormaliser> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ConfigurationException(
                    "the normaliser " + type.getName() + " cannot be created: " + e
                            + ". It needs a constructor without parameters, and must be static if it is nested.",
                    e);
        }
    }

    /**
     * Reads what was recorded, empty if nothing was.
     *
     * @throws ConfigurationException if it is no cassette, or is that of another test
     */
    Optional<Cassette> read() {
        try {
            return store.read(name, owner);
        } catch (IOException e) {
            throw new UncheckedIOException("The LLM cassette " + location() + " cannot be read: " + e, e);
        }
    }

    /**
     * Makes sure that what is recorded takes nobody else's place.
     *
     * @throws ConfigurationException if there is the cassette of another test
     */
    void requireOwn() {
        try {
            store.requireOwn(name, owner);
        } catch (IOException e) {
            throw new UncheckedIOException("The LLM cassette " + location() + " cannot be read: " + e, e);
        }
    }

    boolean exists() {
        return store.exists(name);
    }

    /** Tells where it is, for whoever reads a message. */
    String location() {
        return store.file(name).toString();
    }
}
