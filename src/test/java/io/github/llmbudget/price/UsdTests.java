package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsdTests {

    @ParameterizedTest
    @CsvSource({
        "0, $0.00",
        "0.02, $0.02",
        "0.020, $0.02",
        "2.5, $2.50",
        "1E+1, $10.00",
        "0.000034, $0.000034",
        "2.5E-9, $0.0000000025",
        "'1234567.5', '$1,234,567.50'"
    })
    void showsAmountsExactlyWithTwoDecimalsAtLeast(BigDecimal amount, String shown) {
        assertThat(Usd.exact(amount)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0.020045, 5, $0.02005", "0.020044, 5, $0.02004", "1999.999, 2, '$2,000.00'", "0.4, 0, $0"})
    void roundsHalfUp(BigDecimal amount, int scale, String shown) {
        assertThat(Usd.rounded(amount, scale)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, $0.00000",
        "0.00000192, <$0.00001",
        "0.0000049999, <$0.00001",
        "0.000005, $0.00001",
        "0.00001, $0.00001"
    })
    void neverShowsSomethingAsNothing(BigDecimal amount, String shown) {
        assertThat(Usd.atLeastVisible(amount, 5)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 5", "0.0306, 5", "0.000034, 6", "0.00003456, 7", "0.000000001, 9", "1E-20, 12", "1E+3, 5"})
    void showsThreeDigitsOfASmallAmount(BigDecimal amount, int scale) {
        assertThat(Usd.readableScale(amount)).isEqualTo(scale);
    }

    @Test
    void showsTheSameWhateverTheLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Usd.exact(new BigDecimal("1234.5"))).isEqualTo("$1,234.50");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Property
    void losesNothingWhenItShowsAnAmountExactly(
            @ForAll @LongRange(min = 0) long digits, @ForAll @IntRange(max = 15) int scale) {
        BigDecimal amount = new BigDecimal(BigInteger.valueOf(digits), scale);

        assertThat(new BigDecimal(Usd.exact(amount).replaceAll("[$,]", ""))).isEqualByComparingTo(amount);
    }

    @Property
    void showsADigitOfEachAmountThatIsNotTooFine(
            @ForAll @LongRange(min = 1) long digits, @ForAll @IntRange(max = 12) int scale) {
        BigDecimal amount = new BigDecimal(BigInteger.valueOf(digits), scale);

        assertThat(Usd.rounded(amount, Usd.readableScale(amount))).containsPattern("[1-9]");
    }
}
