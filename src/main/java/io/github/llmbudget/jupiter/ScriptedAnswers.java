package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.TestCalls;
import io.github.llmbudget.endpoint.TestEndpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The script of the test answers. */
final class ScriptedAnswers implements Answers {

    private final String remark;
    private @Nullable TestEndpoint endpoint;

    /**
     * Lets the script answer.
     *
     * @param remark why it does, where a reader may expect something else; empty if none would
     */
    ScriptedAnswers(String remark) {
        this.remark = remark;
    }

    @Override
    public TestEndpoint open(EndpointServer server, TestCalls calls) {
        TestEndpoint opened = server.openMock(calls);
        endpoint = opened;
        return opened;
    }

    @Override
    public List<Throwable> failures() {
        return endpoint == null || endpoint.unexpectedRequests().isEmpty()
                ? List.of()
                : List.of(new UnexpectedRequestError(endpoint.unexpectedRequests(), remark));
    }

    /** What failed the test before may be why replies were not asked for, so they are told only if nothing did. */
    @Override
    public List<Throwable> end(boolean wentWrong, boolean hasFailed) {
        return hasFailed || endpoint == null || endpoint.unusedReplies().isEmpty()
                ? List.of()
                : List.of(new UnusedReplyError(endpoint.unusedReplies()));
    }
}
