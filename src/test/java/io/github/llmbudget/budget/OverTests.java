package io.github.llmbudget.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverTests {

    private static List<BigDecimal> upTo(int runs) {
        return IntStream.rangeClosed(1, runs).mapToObj(BigDecimal::valueOf).toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "19, 19", "20, 19", "21, 20", "40, 38", "100, 95", "101, 96"})
    void takesTheLeastAmountThat95Of100RunsDoNotExceed(int runs, long percentile) {
        assertThat(Over.P95.of(upTo(runs))).isEqualByComparingTo(BigDecimal.valueOf(percentile));
    }

    @Test
    void takesTheMeanWithoutRoundingItDown() {
        assertThat(Over.MEAN.of(upTo(4))).isEqualByComparingTo("2.5");
        BigDecimal third = Over.MEAN.of(List.of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ONE));
        assertThat(third.multiply(BigDecimal.valueOf(3))).isGreaterThanOrEqualTo(BigDecimal.ONE);
    }
}
