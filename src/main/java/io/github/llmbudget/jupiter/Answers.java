package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.TestCalls;
import io.github.llmbudget.endpoint.TestEndpoint;
import java.util.List;

/** Who answers the calls of one test, and what that says about the test when it is over. */
interface Answers {

    /** Opens the endpoint of the test. It is asked for once, before anything else. */
    TestEndpoint open(EndpointServer server, TestCalls calls);

    /** Returns what requests were made that must fail the test. */
    List<Throwable> failures();

    /**
     * Ends the test: keeps what is to be kept.
     *
     * @param wentWrong whether the test itself failed or was aborted, or made calls that must not be made
     * @param hasFailed whether anything failed the test so far
     * @return what else must fail the test
     */
    List<Throwable> end(boolean wentWrong, boolean hasFailed);
}
