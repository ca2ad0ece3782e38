package io.github.llmbudget.comparison;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.endpoint.RequestMatcher;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A test as a user writes it. Its work is done within it, on the endpoint that it is given. */
@LlmBudget
public class ProductTest {

    private static @Nullable Work work;
    private static @Nullable Map<Figure, Double> figures;

    /**
     * Runs it with JUnit.
     *
     * @param mode who answers
     * @param toDo what it does
     * @param upstream the root URL of the service, {@code null} if there is none
     * @return the figures of its work
     */
    static Map<Figure, Double> run(Mode mode, Work toDo, @Nullable String upstream) {
        work = toDo;
        figures = null;
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(ProductTest.class))
                .configurationParameter("llmbudget.mode", mode.name().toLowerCase(Locale.ROOT))
                .configurationParameter("llmbudget.report.dir", "target/comparison/report")
                .configurationParameter("llmbudget.cassettes.dir", "target/comparison/cassettes");
        if (upstream != null) {
            request.configurationParameter("llmbudget.upstream", upstream);
        }
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request.build(), summary);
        summary.getSummary().getFailures().forEach(failure -> failure.getException().printStackTrace());
        if (figures == null || summary.getSummary().getTotalFailureCount() > 0) {
            throw new IllegalStateException("The test failed");
        }
        return figures;
    }

    /** A contender that does not do the whole job is out of the contest. */
    static void requirePriced(TokenUsage usage) {
        if (usage.cost().usd().signum() <= 0 || !usage.cost().isComplete()) {
            throw new IllegalStateException("Not all is priced: " + usage);
        }
    }

    /** The test. */
    @Test
    void works(LlmEndpoint endpoint, MockLlm mock, TokenUsage usage) throws IOException {
        if (endpoint.mode() == Mode.MOCK) {
            mock.when(RequestMatcher.path("/chat/completions"))
                    .always(Reply.text(Payload.answerText()).usage(Payload.INPUT, Payload.OUTPUT));
        }
        try (Way way = Way.to(endpoint.rootUrl())) {
            figures = work.on(way);
        }
        requirePriced(usage);
    }
}
