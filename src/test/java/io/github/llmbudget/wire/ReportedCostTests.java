package io.github.llmbudget.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real answers that say what they cost, beside what the built-in list makes of their tokens. They are the proof of the list:
 * where the two differ, a reason stands here.
 */
class ReportedCostTests {

    private static final int WHOLE = Integer.MAX_VALUE;

    private static final String OWN_FEE =
            "the router ran a search of its own and bills it; its answer does not name the tool";
    private static final String CHEAPER_HOST = "the router took a host that is cheaper than the one listed";
    private static final String MADE_UP = "the figure is made up: 1.23456E-5 in two recordings";

    /** Why a cost differs from the list, by model. */
    private static final Map<String, String> DIFFERENT = Map.of(
            "openai/gpt-oss-20b", CHEAPER_HOST,
            "openai/gpt-oss-120b", CHEAPER_HOST,
            "openai/gpt-4o-mini", OWN_FEE,
            "grok-4.5", MADE_UP);

    /** The day whose prices were charged, where it is not that of the list, by model. */
    private static final Map<String, LocalDate> CHARGED_AS_OF = Map.of(
            // Before the price was cut in August.
            "openai/gpt-5.6-sol", LocalDate.of(2026, 8, 1),
            // Without the discount that ends with the year.
            "google/gemini-3.6-flash", LocalDate.of(2027, 1, 1));

    /** Models that the list does not have. */
    private static final List<String> NOT_LISTED = List.of(
            "openai/gpt-5.1-codex-mini",
            "moonshotai/kimi-k2",
            "perplexity/sonar",
            "deepseek/deepseek-chat",
            "minimax/minimax-m2:free",
            "pplx-embed-v1-0.6b",
            "sonar-reasoning-pro",
            "sonar",
            "grok-4-1-fast-non-reasoning");

    static List<Recording> recordings() {
        return Recording.all().stream()
                .filter(recording -> recording.reportedCost().isPresent()
                        && recording.format().isPresent())
                .toList();
    }

    @Test
    void areMany() {
        assertThat(recordings()).hasSize(67);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isWhatTheCallCosts(Recording recording) {
        LlmCall call = recording.read(WHOLE);
        BigDecimal reported = recording.reportedCost().orElseThrow();
        Cost cost = PriceCatalog.builtIn().costOf(call);

        if (reported.signum() == 0 && !call.model().endsWith(":free")) {
            // A service that answers zero for everything does not know.
            assertThat(cost).isEqualTo(Cost.UNKNOWN);
        } else {
            assertThat(cost.usd()).isEqualByComparingTo(reported);
            assertThat(cost.exactness()).isEqualTo(Cost.Exactness.EXACT);
            assertThat(cost.isReportedByService()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isWhatTheListMakesOfTheTokens(Recording recording) {
        LlmCall call = recording.read(WHOLE);
        String model = call.model();
        PriceCatalog prices = Optional.ofNullable(CHARGED_AS_OF.get(model))
                .map(day -> PriceCatalog.builder().asOf(day).build())
                .orElseGet(PriceCatalog::builtIn);
        Cost listed = prices.costOf(atTheVendor(call));

        if (NOT_LISTED.contains(model)) {
            assertThat(listed).isEqualTo(Cost.UNKNOWN);
        } else if (DIFFERENT.containsKey(model)) {
            assertThat(listed.usd()).as(DIFFERENT.get(model)).isNotEqualByComparingTo(cost(recording));
        } else {
            assertThat(listed.usd()).isEqualByComparingTo(cost(recording));
            assertThat(listed.exactness()).isEqualTo(Cost.Exactness.EXACT);
        }
    }

    private static BigDecimal cost(Recording recording) {
        return recording.reportedCost().orElseThrow();
    }

    /** Returns the call as if its vendor had answered it, and had not said what it costs. */
    private static LlmCall atTheVendor(LlmCall call) {
        LlmCall silent = call.toBuilder().reportedCost(null).provider(null).build();
        String model = String.valueOf(call.model());
        // A router has names of its own for Anthropic's models, and answers with others than it is asked for.
        return model.startsWith("anthropic/")
                ? silent.onModel(String.valueOf(call.requestedModel()).replace('.', '-'))
                : silent;
    }
}
