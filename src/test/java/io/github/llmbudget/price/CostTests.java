package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost.Exactness;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTests {

    private static final PriceCatalog PRICES = PriceCatalog.builtIn();

    @ParameterizedTest
    @CsvSource({
        "EXACT, EXACT, EXACT",
        "EXACT, ESTIMATED, ESTIMATED",
        "ESTIMATED, PARTIAL, PARTIAL",
        "EXACT, PARTIAL, PARTIAL",
        "EXACT, UNPRICED, PARTIAL",
        "ESTIMATED, UNPRICED, PARTIAL",
        "PARTIAL, UNPRICED, PARTIAL",
        "UNPRICED, UNPRICED, UNPRICED"
    })
    void isAsExactAsItsLeastExactPart(Exactness one, Exactness other, Exactness sum) {
        assertThat(Cost.sum(List.of(cost("1", one), cost("2", other))).exactness())
                .isEqualTo(sum);
        assertThat(Cost.sum(List.of(cost("1", other), cost("2", one))).exactness())
                .isEqualTo(sum);
    }

    @Test
    void isNothingWhenThereIsNothingToAdd() {
        assertThat(Cost.sum(List.of())).isEqualTo(Cost.NOTHING);
    }

    @Test
    void joinsLinesAtTheSamePriceOnly() {
        PriceLine gpt = line("gpt-4o", PriceComponent.INPUT, "standard", 10, "2.5");
        PriceLine sum = line("gpt-4o", PriceComponent.INPUT, "standard", 20, "2.5");
        PriceLine output = line("gpt-4o", PriceComponent.OUTPUT, "standard", 10, "2.5");
        PriceLine flex = line("gpt-4o", PriceComponent.INPUT, "flex", 10, "2.5");
        PriceLine mini = line("gpt-4o-mini", PriceComponent.INPUT, "standard", 10, "2.5");
        PriceLine dearer = line("gpt-4o", PriceComponent.INPUT, "standard", 10, "5");

        assertThat(Cost.sum(List.of(of(gpt, output, flex), of(gpt, mini, dearer)))
                        .lines())
                .containsExactly(sum, output, flex, mini, dearer);
    }

    @ParameterizedTest
    @CsvSource({"EXACT, $0.02", "ESTIMATED, ~$0.02", "PARTIAL, at least $0.02", "UNPRICED, unpriced"})
    void tellsAReaderHowFarItCanBeTrusted(Exactness exactness, String shown) {
        assertThat(cost("0.02", exactness)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({"EXACT, true", "ESTIMATED, true", "PARTIAL, false", "UNPRICED, false"})
    void isCompleteWhenAllHasAPrice(Exactness exactness, boolean complete) {
        assertThat(cost("1", exactness).isComplete()).isEqualTo(complete);
    }

    @Property
    void addsUpToItsLines(@ForAll("calls") LlmCall call) {
        Cost cost = PRICES.costOf(call);

        assertThat(cost.lines().stream().map(PriceLine::usd).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(cost.usd());
        assertThat(cost.lines().stream().mapToLong(PriceLine::tokens).sum())
                .isEqualTo(call.tokens().total());
    }

    @Property
    void addsUpWithoutLoss(@ForAll("manyCalls") List<LlmCall> calls) {
        List<Cost> costs = calls.stream().map(PRICES::costOf).toList();
        Cost sum = Cost.sum(costs);

        assertThat(sum.usd())
                .isEqualByComparingTo(costs.stream().map(Cost::usd).reduce(BigDecimal.ZERO, BigDecimal::add));
        assertThat(sum.lines().stream().map(PriceLine::usd).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(sum.usd());
    }

    @Property
    void isTheSameInAnyOrder(@ForAll("manyCalls") List<LlmCall> calls, @ForAll Random random) {
        List<Cost> costs = new ArrayList<>(calls.stream().map(PRICES::costOf).toList());
        Cost sum = Cost.sum(costs);
        Collections.shuffle(costs, random);
        Cost shuffled = Cost.sum(costs);

        assertThat(shuffled.usd()).isEqualByComparingTo(sum.usd());
        assertThat(shuffled.exactness()).isEqualTo(sum.exactness());
        assertThat(new HashSet<>(shuffled.lines())).isEqualTo(new HashSet<>(sum.lines()));
    }

    @Property
    void neverFallsWhenMoreTokensAreUsed(@ForAll("calls") LlmCall call, @ForAll("few") int more) {
        TokenCounts t = call.tokens();
        BigDecimal usd = PRICES.costOf(call).usd();

        // More cached input alone is less full-price input; more of both is never cheaper.
        assertThat(usdOf(
                        call,
                        new TokenCounts(
                                t.input() + more, t.cachedInput(), t.cacheWrite(), 0, t.output(), t.reasoning(), 0)))
                .isGreaterThanOrEqualTo(usd);
        assertThat(usdOf(
                        call,
                        new TokenCounts(t.input() + more, t.cachedInput() + more, t.cacheWrite(), 0, t.output(), 0, 0)))
                .isGreaterThanOrEqualTo(usd);
        assertThat(usdOf(
                        call,
                        new TokenCounts(t.input() + more, t.cachedInput(), t.cacheWrite() + more, 0, t.output(), 0, 0)))
                .isGreaterThanOrEqualTo(usd);
        assertThat(usdOf(call, new TokenCounts(t.input(), t.cachedInput(), t.cacheWrite(), 0, t.output() + more, 0, 0)))
                .isGreaterThanOrEqualTo(usd);
    }

    @Provide
    Arbitrary<Integer> few() {
        return Arbitraries.integers().between(0, 300_000);
    }

    @Provide
    Arbitrary<List<LlmCall>> manyCalls() {
        return calls().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<LlmCall> calls() {
        Arbitrary<String> models = Arbitraries.of("gpt-4o", "gpt-4o-mini", "o3", "gpt-5.6-sol", "gpt-5-nano");
        Arbitrary<Integer> parts = Arbitraries.integers().between(0, 200_000);
        return Combinators.combine(models, parts, parts, parts, parts)
                .as((model, plain, cached, written, output) -> LlmCall.of(Operation.CHAT, model)
                        .tokens(
                                new TokenCounts(plain + cached + written, cached, written, 0, output, 0, 0),
                                CountSource.REPORTED)
                        .build());
    }

    private static BigDecimal usdOf(LlmCall call, TokenCounts tokens) {
        return PRICES.costOf(
                        call.toBuilder().tokens(tokens, CountSource.REPORTED).build())
                .usd();
    }

    private static Cost of(PriceLine... lines) {
        return new Cost(BigDecimal.ONE, Exactness.EXACT, List.of(lines));
    }

    private static PriceLine line(
            String model, PriceComponent component, String tier, long tokens, String usdPerMillion) {
        return new PriceLine(model, component, tier, tokens, new BigDecimal(usdPerMillion));
    }

    private static Cost cost(String usd, Exactness exactness) {
        return new Cost(new BigDecimal(usd), exactness, List.of());
    }
}
