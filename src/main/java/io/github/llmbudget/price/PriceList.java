package io.github.llmbudget.price;

import io.github.llmbudget.config.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A text file of prices: comma-separated, one line a component and period, the columns named in its first line.
 * {@code model}, {@code component} and {@code price} (USD per million tokens) are required; {@code tier},
 * {@code above}, {@code from} and {@code until} may be left out. Lines that begin with {@code #} are comments, of which
 * {@code # as-of: 2026-11-10} gives the list its date.
 *
 * <p>Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class PriceList {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String AS_OF = "# as-of:";
    private static final List<String> REQUIRED = List.of("model", "component", "price");
    private static final List<String> COLUMNS =
            List.of("model", "component", "tier", "above", "from", "until", "price");

    private final String name;
    private final @Nullable LocalDate asOf;
    private final Map<String, List<Rate>> ratesByModel;

    private PriceList(String name, @Nullable LocalDate asOf, Map<String, List<Rate>> ratesByModel) {
        this.name = name;
        this.asOf = asOf;
        this.ratesByModel = ratesByModel;
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return the list
     * @throws ConfigurationException if it cannot be read; the message names file, line and what is expected
     */
    public static PriceList read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The price list " + file.toAbsolutePath() + " cannot be read: " + e
                            + ". Correct llmbudget.prices.file.",
                    e);
        }
    }

    static PriceList read(String name, URL resource) {
        try (Reader reader = new InputStreamReader(resource.openStream(), StandardCharsets.UTF_8)) {
            return read(name, reader);
        } catch (IOException e) {
            throw new ConfigurationException("The price list " + resource + " cannot be read: " + e, e);
        }
    }

    static PriceList read(String name, Reader source) throws IOException {
        BufferedReader lines = new BufferedReader(source);
        LocalDate asOf = null;
        List<String> columns = null;
        Map<String, List<Rate>> rates = new TreeMap<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            line = number == 0 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
            Line at = new Line(name, ++number, line);
            if (line.startsWith(AS_OF)) {
                asOf = at.date(line.substring(AS_OF.length()).strip());
            }
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (columns == null) {
                columns = at.columns();
                continue;
            }
            Rate rate = at.rate(columns);
            List<Rate> ofModel = rates.computeIfAbsent(rate.model(), model -> new ArrayList<>());
            if (ofModel.stream().anyMatch(rate::overlaps)) {
                throw at.wrong("a second price for the same component, tier and time");
            }
            ofModel.add(rate);
        }
        return new PriceList(name, asOf, rates);
    }

    /**
     * Returns the list's name.
     *
     * @return the name shown in messages
     */
    public String name() {
        return name;
    }

    /**
     * Returns the day the list was brought up to date.
     *
     * @return the day, {@code null} if the list does not say
     */
    public @Nullable LocalDate asOf() {
        return asOf;
    }

    Set<String> models() {
        return ratesByModel.keySet();
    }

    List<Rate> ratesOf(String model) {
        return ratesByModel.getOrDefault(model, List.of());
    }

    private record Line(String list, int number, String text) {

        List<String> columns() {
            List<String> columns = cells();
            if (!columns.containsAll(REQUIRED) || !COLUMNS.containsAll(columns)) {
                throw wrong("the first line must name the columns model,component,price and may name tier, above, from,"
                        + " until");
            }
            return columns;
        }

        Rate rate(List<String> columns) {
            List<String> cells = cells();
            if (cells.size() != columns.size()) {
                throw wrong("expected " + columns.size() + " values for " + String.join(",", columns));
            }
            String component = cell(columns, cells, "component");
            String tier = cell(columns, cells, "tier");
            String above = cell(columns, cells, "above");
            return new Rate(
                    model(cell(columns, cells, "model")),
                    PriceComponent.of(component)
                            .orElseThrow(() -> wrong("unknown component '" + component + "', expected one of "
                                    + String.join(
                                            ", ",
                                            Arrays.stream(PriceComponent.values())
                                                    .map(PriceComponent::id)
                                                    .toList()))),
                    ModelPrice.tier(tier),
                    above.isEmpty() ? 0 : tokens(above),
                    dateOrNull(cell(columns, cells, "from")),
                    dateOrNull(cell(columns, cells, "until")),
                    number(cell(columns, cells, "price")));
        }

        private String model(String model) {
            if (model.isEmpty()) {
                throw wrong("the model has no name");
            }
            return model.toLowerCase(Locale.ROOT);
        }

        private List<String> cells() {
            return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        }

        private static String cell(List<String> columns, List<String> cells, String column) {
            int index = columns.indexOf(column);
            return index < 0 ? "" : cells.get(index);
        }

        private BigDecimal number(String text) {
            try {
                BigDecimal number = new BigDecimal(text);
                if (number.signum() >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw wrong("'" + text + "' is not a number");
            }
            throw wrong("'" + text + "' is negative");
        }

        private long tokens(String text) {
            try {
                return number(text).longValueExact();
            } catch (ArithmeticException e) {
                throw wrong("'" + text + "' is not a whole number of tokens");
            }
        }

        private @Nullable LocalDate dateOrNull(String text) {
            return text.isEmpty() ? null : date(text);
        }

        LocalDate date(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw wrong("'" + text + "' is not a date such as 2026-11-10");
            }
        }

        ConfigurationException wrong(String what) {
            return new ConfigurationException(
                    "Price list " + list + ", line " + number + ": " + what + ". The line is: " + text);
        }
    }
}
