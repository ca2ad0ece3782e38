package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apiguardian.api.API;

/**
 * The tests that run in this JVM, for the calls to addresses that they share. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TestWindow {

    private static final List<RunningTest> RUNNING = new CopyOnWriteArrayList<>();
    private static final Map<RunningTest, BypassWatch> WATCHES = new ConcurrentHashMap<>();

    private TestWindow() {}

    /**
     * Notes that a test, a class or a run begins.
     *
     * @param test what begins
     */
    public static void begin(RunningTest test) {
        if (test.scope() == Scope.SUITE) {
            WATCHES.put(test, BypassWatch.begin());
            SharedEndpoint.INSTANCE.runBegins();
            SharedEndpoint.BOUND.runBegins();
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
            SharedEndpoint.BOUND.runEnds();
            Optional.ofNullable(WATCHES.remove(test)).ifPresent(BypassWatch::end);
        }
    }

    /**
     * Returns the endpoint for clients that are built from the environment. It leads to the test that binds the system
     * properties, and to whom the shared one leads if there is none.
     *
     * @return an endpoint that stays the same as long as the JVM runs
     */
    public static LlmEndpoint boundEndpoint() {
        return SharedEndpoint.BOUND;
    }

    /**
     * Fails whom a call may belong to that comes now.
     *
     * @param failure what went wrong
     */
    public static void failed(Throwable failure) {
        candidates().forEach(test -> test.failed(failure));
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
        List<RunningTest> innermost = innermost(all());
        return innermost.isEmpty() ? of(Scope.SUITE) : innermost;
    }

    /** Returns whom a call of a client from the environment may belong to that comes now. */
    static List<RunningTest> boundCandidates() {
        List<RunningTest> bound =
                innermost(all().stream().filter(RunningTest::isBound).toList());
        return bound.isEmpty() ? candidates() : bound;
    }

    private static List<RunningTest> innermost(List<RunningTest> open) {
        return open.stream()
                .filter(candidate -> open.stream().noneMatch(inner -> inner.isWithin(candidate)))
                .toList();
    }

    private static List<RunningTest> of(Scope scope) {
        return RUNNING.stream().filter(running -> running.scope() == scope).toList();
    }
}
