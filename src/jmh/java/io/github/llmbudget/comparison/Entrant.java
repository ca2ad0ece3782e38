package io.github.llmbudget.comparison;

import io.github.llmbudget.endpoint.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One that takes part in a contest: a JVM that answers with figures.
 *
 * @param label what it is called in the table
 * @param classPath its class path
 * @param options the options of its JVM
 * @param main the class that is run
 * @param arguments what the class is run with
 */
record Entrant(String label, String classPath, List<String> options, Class<?> main, List<String> arguments) {

    /** In a heap that grows, the first seconds show how fast it does. */
    private static final String[] FIXED_HEAP = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"};

    /** Returns one with the library on its class path, as all have that are not to show what this costs. */
    static Entrant of(String label, Class<?> main, Object... arguments) {
        return new Entrant(
                label,
                ClassPath.withLibrary(),
                List.of(),
                main,
                Arrays.stream(arguments).map(String::valueOf).toList());
    }

    /** Returns one that runs tests. */
    static Entrant suite(String label, Class<?> tests) {
        return of(label, SuiteMain.class, tests.getName());
    }

    /** Returns one that has work done on a contender. */
    static Entrant contender(String label, Contender contender, Object... work) {
        return warm(label, ContenderMain.class, contender, work);
    }

    /** Returns one that has work done in a test which uses the library. */
    static Entrant product(String label, Mode mode, Object... work) {
        return warm(label, ProductMain.class, mode, work);
    }

    private static Entrant warm(String label, Class<?> main, Object who, Object... work) {
        return of(
                        label,
                        main,
                        Stream.concat(Stream.of(who), Arrays.stream(work)).toArray())
                .withOptions(FIXED_HEAP);
    }

    /** Returns the same with options for its JVM, and with no others. */
    Entrant withOptions(String... added) {
        return new Entrant(label, classPath, List.of(added), main, arguments);
    }
}
