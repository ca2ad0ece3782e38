package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.price.Cost.Exactness;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTests {

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

    private static Cost of(PriceLine... lines) {
        return new Cost(BigDecimal.ONE, Exactness.EXACT, List.of(lines));
    }

    private static PriceLine line(
            String model, PriceComponent component, String tier, long tokens, String usdPerMillion) {
        return new PriceLine(
                BigDecimal.valueOf(tokens),
                new PriceRow(
                        "openai",
                        model,
                        component,
                        null,
                        1_000_000,
                        new BigDecimal(usdPerMillion),
                        null,
                        tier,
                        null,
                        null,
                        null,
                        null,
                        "",
                        null,
                        "a list"));
    }

    private static Cost cost(String usd, Exactness exactness) {
        return new Cost(new BigDecimal(usd), exactness, List.of());
    }
}
