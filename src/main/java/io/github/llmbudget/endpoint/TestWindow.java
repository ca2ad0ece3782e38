package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apiguardian.api.API;

/**
 * The tests that run in this JVM, for the calls to the shared address. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TestWindow {

    private static final List<RunningTest> RUNNING = new CopyOnWriteArrayList<>();

    private TestWindow() {}

    /**
     * Notes that a test, a class or a run begins.
     *
     * @param test what begins
     */
    public static void begin(RunningTest test) {
        if (test.scope() == Scope.SUITE) {
            SharedEndpoint.INSTANCE.runBegins();
        }
        RUNNING.add(test);
    }

    /**
     * Notes that a test, a class or a run is over.
     *
     * @param test what is over
     */
    public static void end(RunningTest test) {
        if (RUNNING.remove(test) && test.scope() == Scope.SUITE) {
            SharedEndpoint.INSTANCE.runEnds();
        }
    }

    /** Returns the tests that run now. */
    static List<RunningTest> tests() {
        return of(Scope.TEST);
    }

    /** Returns who a call belongs to that comes when no test runs: the only class that is open, or the only run. */
    static Optional<RunningTest> outsideOfTests() {
        List<RunningTest> classes = of(Scope.CLASS);
        List<RunningTest> runs = of(Scope.SUITE);
        return classes.stream()
                .filter(candidate -> classes.stream().allMatch(open -> open == candidate || candidate.isWithin(open)))
                .findFirst()
                .or(() -> runs.size() == 1 ? Optional.of(runs.get(0)) : Optional.empty());
    }

    /** Returns the run that a test belongs to. */
    static Optional<RunningTest> runOf(RunningTest test) {
        return of(Scope.SUITE).stream().filter(test::isWithin).findFirst();
    }

    private static List<RunningTest> of(Scope scope) {
        return RUNNING.stream().filter(running -> running.scope() == scope).toList();
    }
}
