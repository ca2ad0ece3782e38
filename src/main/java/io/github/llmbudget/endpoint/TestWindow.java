package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Scope;
import java.util.List;
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

    /** Returns all tests and classes that a header may name. */
    static List<RunningTest> all() {
        return RUNNING.stream()
                .filter(running -> running.scope() != Scope.SUITE)
                .toList();
    }

    /**
     * Returns whom a call may belong to that comes now: the tests that run, and the classes in which none does; if there are
     * none of either, the runs.
     */
    static List<RunningTest> candidates() {
        List<RunningTest> open = all();
        List<RunningTest> innermost = open.stream()
                .filter(candidate -> open.stream().noneMatch(inner -> inner.isWithin(candidate)))
                .toList();
        return innermost.isEmpty() ? of(Scope.SUITE) : innermost;
    }

    private static List<RunningTest> of(Scope scope) {
        return RUNNING.stream().filter(running -> running.scope() == scope).toList();
    }
}
