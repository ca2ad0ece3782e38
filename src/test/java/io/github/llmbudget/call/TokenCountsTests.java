package io.github.llmbudget.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCountsTests {

    @ParameterizedTest
    @CsvSource({
        "0, input",
        "1, cached input",
        "2, cache write",
        "3, one-hour cache write",
        "4, twelve-hour cache write",
        "5, audio input",
        "6, image input",
        "7, cached audio input",
        "8, cached image input",
        "9, output",
        "10, reasoning",
        "11, audio output",
        "12, image output"
    })
    void refusesEachCountWhenItIsNegativeAndNamesIt(int place, String name) {
        long[] counts = new long[13];
        counts[place] = -7;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> counts(counts))
                .withMessage("A token count must not be negative: " + name + " -7");
    }

    @Test
    void addsCountByCount() {
        assertThat(counts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)
                        .plus(counts(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130)))
                .isEqualTo(counts(11, 22, 33, 44, 55, 66, 77, 88, 99, 110, 121, 132, 143));
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

    private static TokenCounts counts(long... counts) {
        return new TokenCounts(
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[4],
                counts[5],
                counts[6],
                counts[7],
                counts[8],
                counts[9],
                counts[10],
                counts[11],
                counts[12]);
    }
}
