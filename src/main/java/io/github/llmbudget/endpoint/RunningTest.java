package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Scope;
import org.apiguardian.api.API;

/**
 * A test that runs, or a class or a whole run with tests, as the shared address sees it. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface RunningTest {

    /**
     * Returns what it is.
     *
     * @return a test, a class or a run
     */
    Scope scope();

    /**
     * Returns its name for a reader.
     *
     * @return for example {@code SupportBotTest.answersARefundQuestion}
     */
    String name();

    /**
     * Returns JUnit's name for it.
     *
     * @return the unique id
     */
    String id();

    /**
     * Returns where its calls go.
     *
     * @return its own endpoint
     */
    TestEndpoint endpoint();

    /**
     * Tells whether another one is around it.
     *
     * @param other the other one
     * @return whether that is its class or its run, or an enclosing class of it
     */
    boolean isWithin(RunningTest other);

    /**
     * Tells whether clients that are built from the environment are led to it.
     *
     * @return whether it binds the system properties
     */
    boolean isBound();

    /**
     * Tells whether it has clients whose calls do not pass the endpoint, and records them.
     *
     * @return whether somebody took its recorder, or that of what is around it
     */
    boolean recordsItself();

    /**
     * Notes that a client connected to a model service itself, by an address that is not ours.
     *
     * @param host the host of the service
     */
    void mayHaveBypassed(String host);

    /**
     * Notes what must fail it.
     *
     * @param failure what went wrong
     */
    void failed(Throwable failure);

    /**
     * Notes that a call was not sent that may belong to it.
     *
     * @param call the call
     */
    void mayOwn(UnattributedCall call);
}
