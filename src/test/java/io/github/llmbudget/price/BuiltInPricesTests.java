package io.github.llmbudget.price;

import static io.github.llmbudget.price.PriceCalls.asOf;
import static io.github.llmbudget.price.PriceCalls.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What the list in the jar must be, before anybody is told a price from it. */
class BuiltInPricesTests {

    private static final URL RESOURCE = Objects.requireNonNull(BuiltInPrices.class.getResource(BuiltInPrices.RESOURCE));
    private static final byte[] BYTES = bytes();
    private static final PriceList LIST = PriceList.read("built-in list", RESOURCE);
    private static final List<PriceRow> ROWS =
            LIST.models().stream().flatMap(model -> LIST.rowsOf(model).stream()).toList();

    @Test
    void isReadByTheSameRulesAsAnyOtherList() {
        // Contradictions, unknown components, duplicates and overlapping periods would have failed above.
        assertThat(LIST.asOf()).isNotNull();
        assertThat(ROWS).hasSizeGreaterThan(3000);
    }

    @Test
    void isFoundByHalvingAsItIsReadWhole() {
        PriceList halved = BuiltInPrices.list();

        assertThat(halved.models()).isEqualTo(LIST.models());
        for (String model : LIST.models()) {
            assertThat(halved.rowsOf(model)).as(model).containsExactlyInAnyOrderElementsOf(LIST.rowsOf(model));
        }
        for (String stranger : List.of("", "a", "gpt-4", "gpt-4o-", "gpt-4o-maxi", "zzz", "*x", "gpt", "ä", ",")) {
            assertThat(halved.rowsOf(stranger)).as(stranger).isEqualTo(LIST.rowsOf(stranger));
        }
        assertThat(halved.asOf()).isEqualTo(LIST.asOf());
    }

    @Test
    void isSortedByProviderAndModelSoThatItCanBeHalved() {
        List<String> lines = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        new String(BYTES, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .forEach(line -> {
                    lines.add(line);
                    String[] cells = line.split(",", 3);
                    keys.add(cells[0] + "," + cells[1] + ",");
                });
        List<String> sorted = new ArrayList<>(keys);
        sorted.sort((one, other) ->
                Arrays.compare(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));

        assertThat(keys).isEqualTo(sorted);
        assertThat(lines).doesNotHaveDuplicates();
        assertThat(BYTES[BYTES.length - 1]).isEqualTo((byte) '\n');
    }

    @Test
    void isKnownByTheDigestThatLiesBesideIt() throws NoSuchAlgorithmException {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));

        assertThat(BuiltInPrices.list().id().sha256()).isEqualTo(digest);
        assertThat(LIST.id().sha256()).isEqualTo(digest);
    }

    @Test
    void saysOfEachRowWhereItWasFoundAndWhen() {
        assertThat(ROWS).allSatisfy(row -> {
            assertThat(row.source()).as(row.toString()).isNotEmpty();
            assertThat(row.checked()).as(row.toString()).isNotNull();
            assertThat(row.provider()).as(row.toString()).isNotNull();
        });
    }

    @Test
    void hasOnlyTiersAndRegionsThatAnswersName() {
        assertThat(ROWS)
                .extracting(PriceRow::serviceTier)
                .containsOnly("standard", "flex", "priority", "batch", "fast");
        assertThat(ROWS).extracting(PriceRow::region).containsOnly(null, "eu", "us");
    }

    @Test
    void hasAPriceForAllInputBesideEachForAPartOfIt() {
        SoftAssertions soft = new SoftAssertions();
        for (PriceRow row : ROWS) {
            PriceComponent whole = row.component().wholeOfWhichItIsAPart();
            if (whole != null) {
                soft.assertThat(LIST.rowsOf(row.model()))
                        .as(row.toString())
                        .anyMatch(other -> other.component() == whole
                                && other.holdsBeside(row)
                                && Objects.equals(other.step(), row.step()));
            }
        }
        soft.assertAll();
    }

    @Test
    void hasADearerOrEqualPriceAboveEachStep() {
        SoftAssertions soft = new SoftAssertions();
        ROWS.stream()
                .filter(row -> row.step() != null)
                .forEach(row -> soft.assertThat(LIST.rowsOf(row.model()))
                        .as(row.toString())
                        .anyMatch(base -> base.step() == null
                                && base.component() == row.component()
                                && base.holdsBeside(row)
                                && base.usd().compareTo(row.usd()) <= 0));
        soft.assertAll();
    }

    @Test
    void changesThePriceOfTheWholeRequestExactlyAtEachStep() {
        Set<String> seen = new TreeSet<>();
        for (PriceRow row : ROWS) {
            InputStep step = row.step();
            if (step == null || row.component() != PriceComponent.INPUT) {
                continue;
            }
            PriceCatalog prices =
                    asOf(Objects.requireNonNullElse(row.from(), LIST.asOf()).toString());
            PriceRow base = baseOf(row);
            for (long tokens : new long[] {step.tokens() - 1, step.tokens(), step.tokens() + 1}) {
                PriceRow expected = (step.reached() ? tokens >= step.tokens() : tokens > step.tokens()) ? row : base;
                LlmCall call = call(row.model(), TokenCounts.of(tokens, 0)).toBuilder()
                        .provider(row.provider())
                        .serviceTier(row.serviceTier())
                        .region(row.region())
                        .build();

                assertThat(prices.costOf(call).usd())
                        .as("%d input tokens at %s", tokens, row)
                        .isEqualByComparingTo(expected.usd()
                                .multiply(BigDecimal.valueOf(tokens))
                                .movePointLeft(6));
            }
            seen.add(row.provider() + " " + step.notation());
        }
        assertThat(seen)
                .containsExactly(
                        "anthropic >100000", "google >200000", "openai >272000", "xai >=128000", "xai >=200000");
    }

    @Test
    void chargesForTheBindingToARegionWhereTheServiceDoes() {
        LlmCall recent = call("gpt-5.4", 1_000_000, 0);
        LlmCall older = call("gpt-5", 1_000_000, 0);
        PriceCatalog prices = PriceCalls.BUILT_IN;

        for (String region : List.of("eu", "us")) {
            assertThat(prices.costOf(recent.toBuilder().region(region).build()).usd())
                    .isEqualByComparingTo("5.5");
            assertThat(prices.costOf(older.toBuilder().region(region).build())).isEqualTo(prices.costOf(older));
        }
        assertThat(prices.costOf(recent.toBuilder().region("in").build())).isEqualTo(prices.costOf(recent));
        assertThat(prices.costOf(recent).usd()).isEqualByComparingTo("5");
    }

    private static PriceRow baseOf(PriceRow row) {
        return LIST.rowsOf(row.model()).stream()
                .filter(base -> base.step() == null && base.component() == row.component() && base.holdsBeside(row))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes() {
        try (InputStream in = RESOURCE.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
