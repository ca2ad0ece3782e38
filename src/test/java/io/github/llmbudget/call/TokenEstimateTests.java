package io.github.llmbudget.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenEstimateTests {

    @ParameterizedTest
    @EnumSource(EstimateReason.class)
    void goesByTheLowerBoundWhereTheRestCannotBeKnown(EstimateReason reason) {
        TokenEstimate estimate = new TokenEstimate(9, 4, Set.of(reason));

        assertThat(estimate.isPartial()).isEqualTo(reason.isUnknowable());
        assertThat(estimate.counted()).isEqualTo(reason.isUnknowable() ? 4 : 9);
    }

    @Test
    void goesByTheValueWhereNothingIsInDoubt() {
        assertThat(new TokenEstimate(9, 4, Set.of()).counted()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "-1, -1", "3, -1"})
    void refusesNumbersThatDoNotAddUp(long value, long lowerBound) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenEstimate(value, lowerBound, Set.of()))
                .withMessageContaining("lower bound " + lowerBound + ", value " + value);
    }

    @Test
    void keepsItsReasonsInOrderWhateverBecomesOfTheGivenOnes() {
        Set<EstimateReason> given = new LinkedHashSet<>(List.of(EstimateReason.FILE, EstimateReason.UNKNOWN_MODEL));
        TokenEstimate estimate = new TokenEstimate(1, 1, given);
        given.clear();

        assertThat(estimate.reasons()).containsExactly(EstimateReason.UNKNOWN_MODEL, EstimateReason.FILE);
        assertThat(estimate).hasToString(">=1 (unknown-model, file)");
    }

    @Test
    void findsReasonsByTheirLabels() {
        assertThat(EnumSet.allOf(EstimateReason.class))
                .allSatisfy(reason ->
                        assertThat(EstimateReason.ofLabel(reason.label())).isEqualTo(reason))
                .extracting(EstimateReason::toString)
                .doesNotHaveDuplicates()
                .allMatch(label -> label.matches("[a-z]+(-[a-z]+)*"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EstimateReason.ofLabel("moonlight"))
                .withMessage("No reason of an estimate is called moonlight");
    }
}
