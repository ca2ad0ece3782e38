package io.github.llmbudget.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The environment variables of the process. */
@FunctionalInterface
interface Environment {

    /** The real ones. */
    Environment OF_PROCESS = System::getenv;

    @Nullable
    String lookUp(String name);

    /** Returns a variable that says something. */
    default Optional<String> get(String name) {
        return Optional.ofNullable(lookUp(name)).filter(value -> !value.isBlank());
    }
}
