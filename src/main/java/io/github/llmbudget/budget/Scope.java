package io.github.llmbudget.budget;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * Which calls a limit adds up.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Scope {
    /** Each call is held to the limit by itself. */
    CALL,
    /** The calls of one test. */
    TEST,
    /** The calls of all tests of a class, those of its nested classes included. */
    CLASS,
    /** The calls of a whole run, of all its JVMs together. Declared by settings only. */
    SUITE;

    /**
     * Returns the name used in messages.
     *
     * @return the lower-case name
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether several tests share a limit of this scope. */
    boolean isShared() {
        return this == CLASS || this == SUITE;
    }
}
