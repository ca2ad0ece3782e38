package io.github.llmbudget.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each price that was collected stands in the built-in list: as a row of its own, absolute, where it was a factor. */
class PriceFactsTests {

    private static final List<Fact> FACTS = facts();
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    static List<Fact> facts() {
        try {
            List<String> lines = Files.readAllLines(Path.of("src", "test", "resources", "price-facts.csv")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            List<String> columns = List.of(lines.get(0).split(","));
            return lines.stream().skip(1).map(line -> Fact.of(columns, line)).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void areAllThere() {
        assertThat(FACTS).hasSize(313);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void standInTheBuiltInList(Fact fact) {
        List<String> missing = new ArrayList<>();
        fact.expected().forEach(expected -> {
            BigDecimal found = listed(fact, expected);
            if (found == null || found.compareTo(expected.usd()) != 0) {
                missing.add(expected + ", but listed is " + found);
            }
        });

        assertThat(fact.expected()).isNotEmpty();
        assertThat(missing).isEmpty();
    }

    private static BigDecimal listed(Fact fact, Expected expected) {
        List<BigDecimal> found = BuiltInPrices.list().rowsOf(fact.listedModel()).stream()
                .filter(row -> Objects.equals(row.provider(), fact.provider())
                        && row.component() == expected.component()
                        && Objects.equals(row.kind(), fact.kind())
                        && row.serviceTier().equals(expected.tier())
                        && row.region() == null
                        && row.window() == null
                        && Objects.equals(row.step() == null ? "" : row.step().notation(), expected.step())
                        && row.holdsOn(fact.day()))
                .map(row -> row.costOf(expected.quantity()))
                .toList();
        assertThat(found).as("%s %s", fact, expected).hasSizeLessThanOrEqualTo(1);
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * A price the list must have.
     *
     * @param component what for
     * @param tier the service tier
     * @param step from how many input tokens on
     * @param quantity of how many
     * @param usd the price of so many
     */
    record Expected(PriceComponent component, String tier, String step, BigDecimal quantity, BigDecimal usd) {}

    /** A line of the collection. */
    record Fact(Map<String, String> cells) {

        static Fact of(List<String> columns, String line) {
            Map<String, String> cells = new HashMap<>();
            List<String> values = Arrays.asList(line.split(",", -1));
            for (int i = 0; i < columns.size(); i++) {
                cells.put(columns.get(i), values.get(i));
            }
            return new Fact(cells);
        }

        String provider() {
            return cells.get("provider");
        }

        String model() {
            return cells.get("model");
        }

        String unit() {
            return cells.get("unit").replaceFirst("^usd_per_", "");
        }

        boolean isTool() {
            return model().startsWith("tool:");
        }

        String listedModel() {
            if (isTool()) {
                return model().endsWith("(non-reasoning model)") ? "gpt-4.1" : PriceRow.ANY_MODEL;
            }
            return unit().equals("image") ? model().split(" ", 2)[0] : model();
        }

        String kind() {
            if (isTool()) {
                return model().substring("tool:".length()).split(" ", 2)[0];
            }
            return unit().equals("image") ? model().split(" ", 2)[1] : null;
        }

        /** The first day of the price; of one without, the last before the next price, or that of the list. */
        LocalDate day() {
            String from = cells.get("effective_from");
            if (!from.isEmpty()) {
                return LocalDate.parse(from);
            }
            return FACTS.stream()
                    .filter(other -> other.model().equals(model())
                            && other.provider().equals(provider())
                            && other.unit().equals(unit()))
                    .map(other -> other.cells.get("effective_from"))
                    .filter(date -> !date.isEmpty())
                    .map(LocalDate::parse)
                    .min(LocalDate::compareTo)
                    .map(next -> next.minusDays(1))
                    .orElseGet(() -> BuiltInPrices.list().asOf());
        }

        List<Expected> expected() {
            List<Expected> all = new ArrayList<>();
            switch (unit()) {
                case "mtok", "free" -> {
                    add(all, "input", PriceComponent.INPUT, MILLION);
                    add(all, "cached_input", PriceComponent.CACHED_INPUT, MILLION);
                    add(all, "cache_write", PriceComponent.CACHE_WRITE, MILLION);
                    add(all, "output", PriceComponent.OUTPUT, MILLION);
                    add(all, "audio_in", PriceComponent.AUDIO_INPUT, MILLION);
                    add(all, "audio_out", PriceComponent.AUDIO_OUTPUT, MILLION);
                }
                case "mtok_text" -> {
                    add(all, "input", PriceComponent.INPUT, MILLION);
                    add(all, "cached_input", PriceComponent.CACHED_INPUT, MILLION);
                    add(all, "output", PriceComponent.OUTPUT, MILLION);
                }
                case "mtok_image" -> {
                    add(all, "input", PriceComponent.IMAGE_INPUT, MILLION);
                    add(all, "cached_input", PriceComponent.CACHED_IMAGE_INPUT, MILLION);
                    add(all, "output", PriceComponent.IMAGE_OUTPUT, MILLION);
                }
                case "mtok_cached_audio" -> add(all, "input", PriceComponent.CACHED_AUDIO_INPUT, MILLION);
                case "image" -> add(all, "output", PriceComponent.IMAGE, BigDecimal.ONE);
                case "minute" -> add(all, "input", PriceComponent.SECOND, BigDecimal.valueOf(60));
                case "mchar" -> add(all, "input", PriceComponent.CHARACTER, MILLION);
                case "1k_calls" -> add(all, "input", PriceComponent.CALL, BigDecimal.valueOf(1000));
                case "session" -> add(all, "input", PriceComponent.CALL, BigDecimal.ONE);
                default -> throw new IllegalStateException("no such unit: " + unit());
            }
            return all;
        }

        private void add(List<Expected> all, String column, PriceComponent component, BigDecimal quantity) {
            addAtEachTier(all, cells.get(column), component, "", quantity);
            String above = cells.get(column + "_above");
            if (above != null) {
                addAtEachTier(all, above, component, cells.get("tier_threshold"), quantity);
            }
        }

        private void addAtEachTier(
                List<Expected> all, String price, PriceComponent component, String step, BigDecimal quantity) {
            if (price.isEmpty()) {
                return;
            }
            BigDecimal usd = new BigDecimal(price);
            all.add(new Expected(component, "standard", step, quantity, usd));
            Map.of(
                            "batch_factor", "batch",
                            "flex_factor", "flex",
                            "priority_factor", provider().equals("anthropic") ? "fast" : "priority")
                    .forEach((column, tier) -> {
                        String factor = cells.get(column);
                        boolean audio =
                                component == PriceComponent.AUDIO_INPUT || component == PriceComponent.AUDIO_OUTPUT;
                        if (!factor.isEmpty() && !audio) {
                            all.add(new Expected(component, tier, step, quantity, times(usd, factor)));
                        }
                    });
        }

        /** A factor may be a fraction that has no finite decimals; the price that it gives has. */
        private static BigDecimal times(BigDecimal usd, String factor) {
            String[] fraction = factor.split("/");
            BigDecimal product = usd.multiply(new BigDecimal(fraction[0]));
            return fraction.length == 1 ? product : product.divide(new BigDecimal(fraction[1]));
        }

        @Override
        public String toString() {
            return provider() + " " + model() + " " + cells.get("unit") + " " + cells.get("effective_from");
        }
    }
}
