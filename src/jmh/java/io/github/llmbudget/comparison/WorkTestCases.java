package io.github.llmbudget.comparison;

import static java.util.Objects.requireNonNull;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.endpoint.RequestMatcher;
import io.github.llmbudget.jupiter.LlmCassette;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A test as a user has it, with work done in it. That it may have a cassette is of importance in one mode only. */
@LlmCassette
final class WorkTestCases {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private static @Nullable Mode mode;
    private static @Nullable Work work;
    private static @Nullable Map<Figure, Double> figures;

    /**
     * Runs the test.
     *
     * @param answering who answers
     * @param toDo what is done in it
     * @return the figures of the work
     */
    static Map<Figure, Double> run(Mode answering, Work toDo) {
        mode = answering;
        work = toDo;
        figures = null;
        try (RawServer service = new RawServer(toDo.output())) {
            Suite.run(
                    WorkTestCases.class.getName(),
                    Map.of(
                            "llmbudget.mode",
                            answering.name().toLowerCase(Locale.ROOT),
                            "llmbudget.upstream",
                            service.rootUrl() + "/v1",
                            "llmbudget.cassettes.dir",
                            "target/cassettes",
                            // Each its own, or a later run would report on those before it as well.
                            "llmbudget.report.dir",
                            "target/llm-budget/" + RUNS.incrementAndGet()));
        }
        return requireNonNull(figures);
    }

    @Test
    void works(LlmEndpoint endpoint, MockLlm mock, TokenUsage usage) throws IOException {
        Work toDo = requireNonNull(work);
        if (endpoint.mode() != mode) {
            throw new AssertionError(endpoint.mode());
        }
        if (mode == Mode.MOCK) {
            mock.when(RequestMatcher.path("/chat/completions"))
                    .always(Reply.text(toDo.output().text()).usage(Payload.INPUT, Payload.OUTPUT));
        }
        try (Way way = new Way(Way.newClient().build(), endpoint.rootUrl(), usage)) {
            figures = toDo.on(way);
        }
    }
}
