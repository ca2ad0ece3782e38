package io.github.llmbudget.price;

import static io.github.llmbudget.price.PriceCalls.BUILT_IN;
import static io.github.llmbudget.price.PriceCalls.asOf;
import static io.github.llmbudget.price.PriceCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.testing.Golden;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedDateTests {

    private static final String TODAY = """
            # as-of: 2026-11-10
            model,component,price,valid_from,valid_until
            m,input,4,2026-08-21,
            m,output,20,,
            """;

    /** The list half a year later: a price was cut, one was taken back, and a model came. Nothing was overwritten. */
    private static final String MOVED_ON = """
            # as-of: 2027-05-01
            model,component,price,valid_from,valid_until
            m,input,4,2026-08-21,2026-12-31
            m,input,2,2027-01-01,
            m,output,20,,2027-02-28
            m,output,30,2027-03-01,
            m,cached_input,1,2027-01-01,
            n,input,9,,
            """;

    @ParameterizedTest
    @ValueSource(strings = {"2026-08-21", "2026-11-10", "2026-12-31"})
    void costsTheSameWhenTheListMovesOn(String day) {
        LlmCall call = call("m", 1_000_000, 1_000_000);

        assertThat(with(MOVED_ON, day).costOf(call).usd())
                .isEqualByComparingTo(with(TODAY, day).costOf(call).usd())
                .isEqualByComparingTo("24");
    }

    @Test
    void costsWhatTheNewListSaysFromThatDayOn() {
        LlmCall call = call("m", 1_000_000, 1_000_000);

        assertThat(with(MOVED_ON, "2027-01-01").costOf(call).usd()).isEqualByComparingTo("22");
        assertThat(with(MOVED_ON, "2027-03-01").costOf(call).usd()).isEqualByComparingTo("32");
    }

    /**
     * What a million input and a million output tokens of each model cost on two days. A new version of the list adds rows
     * and ends some: these figures stay.
     */
    @ParameterizedTest
    @ValueSource(strings = {"2026-08-01", "2026-11-10"})
    void listsOnADayWhatItListedEver(String day) {
        PriceCatalog prices = asOf(day);
        StringBuilder text = new StringBuilder();
        for (String model : new TreeSet<>(BUILT_IN.models())) {
            Cost cost = prices.costOf(call(model, 1_000_000, 1_000_000));
            if (cost.isComplete()) {
                text.append(model).append(' ').append(Usd.exact(cost.usd())).append('\n');
            }
        }

        Golden.assertMatches(text.toString(), "prices-of-" + day + ".txt");
    }

    @Test
    void takesTheDayOfTheBuiltInListUnlessItIsPinned() {
        assertThat(BUILT_IN.asOf()).isEqualTo(BuiltInPrices.list().asOf());
        assertThat(asOf("2026-08-01").asOf()).isEqualTo("2026-08-01");
        assertThat(PriceCatalog.builder()
                        .asOf(PriceDate.of("2026-08-01T23:30-02:00"))
                        .build()
                        .asOf())
                .isEqualTo("2026-08-02");
    }

    @Test
    void appliesAPriceFromItsFirstToItsLastDay() {
        String list = "model,component,valid_from,valid_until,price\nx,input,2026-01-02,2026-01-03,1";

        assertThat(with(list, "2026-01-01").priceOf("x")).isEmpty();
        assertThat(with(list, "2026-01-02").priceOf("x")).isPresent();
        assertThat(with(list, "2026-01-03").priceOf("x")).isPresent();
        assertThat(with(list, "2026-01-04").priceOf("x")).isEmpty();
        assertThat(with(list, "2026-01-04").expiryOf(call("X", 1, 1))).contains(LocalDate.of(2026, 1, 3));
        assertThat(with(list, "2026-01-03").expiryOf(call("x", 1, 1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-10, 2026-11-10, false", "2026-11-10T02:00Z, 2026-11-10, true"})
    void readsADayAndAnHour(String text, LocalDate day, boolean hour) {
        assertThat(PriceDate.of(text).day()).isEqualTo(day);
        assertThat(PriceDate.of(text).hasHour()).isEqualTo(hour);
    }

    @Test
    void readsToday() {
        LocalDate before = LocalDate.now(ZoneOffset.UTC);

        assertThat(PriceDate.of("Today").day()).isBetween(before, LocalDate.now(ZoneOffset.UTC));
        assertThat(PriceDate.of("today").hasHour()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "10.11.2026", "now", "2026-11-10T02:00", "2026-11-10T25:00Z", ""})
    void refusesWhatIsNoDate(String text) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PriceDate.of(text))
                .withMessage("a date such as 2026-11-10, a time such as 2026-11-10T02:00Z, or today");
    }

    @Test
    void costsAMockedCallTheSameAtAnyHour() {
        PriceCatalog reproducible = PriceCatalog.builder()
                .asOf(LocalDate.of(2026, 9, 12))
                .mockedAtAnyHour()
                .build();

        for (String time : List.of("2026-09-12T02:00:00Z", "2026-09-14T02:00:00Z")) {
            Cost cost = reproducible.costOf(at(time, Origin.MOCK));
            assertThat(cost.usd()).isEqualByComparingTo("0.44");
            assertThat(cost.exactness()).isEqualTo(Cost.Exactness.ESTIMATED);
        }
        assertThat(reproducible.costOf(at("2026-09-12T02:00:00Z", Origin.LIVE)).usd())
                .isEqualByComparingTo("0.22");
    }

    @Test
    void costsAMockedCallWhatItCostsAtTheHourThatIsPinned() {
        BigDecimal offPeak = PriceCatalog.builder()
                .asOf(PriceDate.of("2026-09-12T02:00Z"))
                .mockedAtAnyHour()
                .build()
                .costOf(at("2026-09-14T02:00:00Z", Origin.MOCK))
                .usd();

        assertThat(offPeak).isEqualByComparingTo("0.22");
    }

    @Test
    void costsACallThatNobodyTimedAsAtTheDearestHour() {
        assertThat(asOf("2026-09-12").costOf(call("deepseek-v4-flash", 1_000_000, 0)))
                .hasToString("~$0.44");
    }

    private static LlmCall at(String time, Origin origin) {
        return call("deepseek-v4-flash", 1_000_000, 0).toBuilder()
                .origin(origin)
                .timing(new CallTiming(Instant.parse(time), null, null, Duration.ZERO))
                .build();
    }

    private static PriceCatalog with(String list, String day) {
        return PriceCatalog.builder()
                .list(PriceList.parse("prices", list))
                .asOf(LocalDate.parse(day))
                .build();
    }
}
