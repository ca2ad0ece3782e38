package io.github.llmbudget.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCountsTests {

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 0, 0, 0, 0",
        "0, -1, 0, 0, 0, 0, 0",
        "0, 0, -1, 0, 0, 0, 0",
        "0, 0, 0, -1, 0, 0, 0",
        "0, 0, 0, 0, -1, 0, 0",
        "0, 0, 0, 0, 0, -1, 0",
        "0, 0, 0, 0, 0, 0, -1"
    })
    void refusesEachCountWhenItIsNegative(
            long input, long cached, long write, long audioIn, long output, long reasoning, long audioOut) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenCounts(input, cached, write, audioIn, output, reasoning, audioOut))
                .withMessageStartingWith("A token count must not be negative: input ")
                .withMessageContaining("-1");
    }

    @Test
    void namesEachCountInTheRefusal() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenCounts(1, 2, 3, 4, 5, 6, -7))
                .withMessage("A token count must not be negative: input 1, cached 2, cache write 3, audio input 4,"
                        + " output 5, reasoning 6, audio output -7");
    }

    @Test
    void addsInputAndOutputOnlyForTheyIncludeTheOthers() {
        assertThat(new TokenCounts(100, 90, 5, 4, 50, 40, 3).total()).isEqualTo(150);
    }

    @Test
    void hasNoSpecialPartsUnlessTheyAreGiven() {
        assertThat(TokenCounts.of(4, 14)).isEqualTo(new TokenCounts(4, 0, 0, 0, 14, 0, 0));
        assertThat(TokenCounts.of(0, 0)).isEqualTo(TokenCounts.NONE);
    }

    @Test
    void takesAPartThatIsLargerThanTheWholeForServicesReportSuch() {
        assertThat(new TokenCounts(81, 192, 0, 0, 5, 9, 0).total()).isEqualTo(86);
    }
}
