package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.TestCalls;
import io.github.llmbudget.endpoint.TestEndpoint;
import io.github.llmbudget.endpoint.UpstreamTarget;
import java.util.List;

/**
 * The real service answers.
 *
 * @param target the service
 */
record LiveAnswers(UpstreamTarget target) implements Answers {

    @Override
    public TestEndpoint open(EndpointServer server, TestCalls calls) {
        return server.openLive(calls, target);
    }

    @Override
    public List<Throwable> failures() {
        return List.of();
    }

    @Override
    public List<Throwable> end(boolean wentWrong, boolean hasFailed) {
        return List.of();
    }
}
