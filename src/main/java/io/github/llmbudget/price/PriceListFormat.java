package io.github.llmbudget.price;

import io.github.llmbudget.config.ConfigurationException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the lines of a price list are read: by the columns that its first line names. */
@SuppressWarnings("EnumOrdinal") // a map would be looked up sixteen times a line
final class PriceListFormat {

    private static final String CURRENCY = "USD";
    private static final List<String> ORDINARY_LIFETIMES = List.of("", "5m", "30m");

    /** The columns there are. One that a list leaves out is empty in each of its lines. */
    private enum Column {
        PROVIDER,
        MODEL,
        COMPONENT,
        PER,
        PRICE,
        CURRENCY,
        TIER_OP,
        TIER_AT,
        SERVICE_TIER,
        REGION,
        TTL,
        VALID_FROM,
        VALID_UNTIL,
        WINDOW,
        SOURCE,
        CHECKED;

        private final String title = name().toLowerCase(Locale.ROOT);
    }

    private static final Column[] COLUMNS = Column.values();
    private static final List<Column> REQUIRED = List.of(Column.MODEL, Column.COMPONENT, Column.PRICE);

    private static final int ABSENT = -1;

    private final int[] places = new int[COLUMNS.length];
    private final List<String> titles;

    /**
     * Reads the line that names the columns.
     *
     * @throws ConfigurationException if a column is unknown, there twice, or missing
     */
    PriceListFormat(ListLine header) {
        titles = header.cells();
        Arrays.fill(places, ABSENT);
        for (int place = 0; place < titles.size(); place++) {
            Column column = column(titles.get(place), header);
            if (places[column.ordinal()] != ABSENT) {
                throw header.wrong("the column " + column.title + " is there twice");
            }
            places[column.ordinal()] = place;
        }
        for (Column column : REQUIRED) {
            if (places[column.ordinal()] == ABSENT) {
                throw header.wrong("the first line must name the columns model,component,price, and may name more");
            }
        }
    }

    private static Column column(String title, ListLine header) {
        for (Column column : COLUMNS) {
            if (column.title.equalsIgnoreCase(title)) {
                return column;
            }
        }
        throw header.wrong("there is no column '" + title
                + "'; the first line must name the columns, at least model,component,price, of "
                + Stream.of(COLUMNS).map(column -> column.title).collect(Collectors.joining(",")));
    }

    /**
     * Reads a line: one price, for each of the service tiers and regions that it names.
     *
     * @throws ConfigurationException if the line cannot be read
     */
    List<PriceRow> rows(ListLine line) {
        return new Cells(line).rows();
    }

    /** The values of one line. */
    private final class Cells {

        private final ListLine line;
        private final List<String> cells;

        Cells(ListLine line) {
            this.line = line;
            this.cells = line.cells();
            if (cells.size() != titles.size()) {
                throw line.wrong("expected " + titles.size() + " values for " + String.join(", ", titles));
            }
        }

        List<PriceRow> rows() {
            List<PriceRow> rows = new ArrayList<>();
            for (String tier : words(Column.SERVICE_TIER)) {
                for (String region : words(Column.REGION)) {
                    rows.add(row(ModelPrice.tier(tier), region.isEmpty() ? null : region));
                }
            }
            return rows;
        }

        private PriceRow row(String tier, @Nullable String region) {
            currency();
            PriceComponent component = component();
            LocalDate from = date(Column.VALID_FROM);
            LocalDate until = date(Column.VALID_UNTIL);
            if (from != null && until != null && until.isBefore(from)) {
                throw line.wrong("the price ends on " + until + ", before it begins");
            }
            return new PriceRow(
                    provider(),
                    model(),
                    component,
                    kind(component),
                    of(Column.PER).isEmpty() ? component.usualPer() : count(Column.PER),
                    amount(Column.PRICE),
                    step(),
                    tier,
                    region,
                    from,
                    until,
                    window(),
                    of(Column.SOURCE),
                    date(Column.CHECKED),
                    line.list());
        }

        /** Returns the words of a cell in lower case, an empty one if there are none. */
        private List<String> words(Column column) {
            String cell = of(column).toLowerCase(Locale.ROOT);
            List<String> words = new ArrayList<>();
            int from = 0;
            for (int blank = cell.indexOf(' '); blank >= 0; blank = cell.indexOf(' ', from)) {
                words.add(cell.substring(from, blank));
                from = blank + 1;
            }
            words.add(cell.substring(from));
            return words;
        }

        private String of(Column column) {
            int place = places[column.ordinal()];
            return place == ABSENT ? "" : cells.get(place);
        }

        private @Nullable String name(Column column) {
            String name = of(column);
            return name.isEmpty() ? null : name.toLowerCase(Locale.ROOT);
        }

        private @Nullable String provider() {
            String name = name(Column.PROVIDER);
            return name == null ? null : Providers.canonical(name);
        }

        private void currency() {
            String currency = of(Column.CURRENCY);
            if (!currency.isEmpty() && !currency.equalsIgnoreCase(CURRENCY)) {
                throw line.wrong("the currency is '" + currency + "', but prices are in USD");
            }
        }

        private String model() {
            String model = name(Column.MODEL);
            if (model == null) {
                throw line.wrong("the model has no name");
            }
            if (model.equals(PriceRow.ANY_MODEL) && of(Column.PROVIDER).isEmpty()) {
                throw line.wrong("any model needs a provider, or the line would price all models there are");
            }
            return model;
        }

        private PriceComponent component() {
            String listed = of(Column.COMPONENT).toLowerCase(Locale.ROOT);
            int colon = listed.indexOf(':');
            String id = colon < 0 ? listed : listed.substring(0, colon);
            String ttl = of(Column.TTL).toLowerCase(Locale.ROOT);
            PriceComponent component = PriceComponent.of(id, ttl);
            if (component == null) {
                throw line.wrong("unknown component '" + id + "', expected one of " + PriceComponent.ids());
            }
            if (!component.isCacheWrite() && !ttl.isEmpty()) {
                throw line.wrong("only a cache_write has a ttl");
            }
            if (component == PriceComponent.CACHE_WRITE && !ORDINARY_LIFETIMES.contains(ttl)) {
                throw line.wrong("'" + ttl + "' is no ttl of a known cache, expected 5m, 30m, 1h or 12h");
            }
            return component;
        }

        private @Nullable String kind(PriceComponent component) {
            String listed = of(Column.COMPONENT).toLowerCase(Locale.ROOT);
            int colon = listed.indexOf(':');
            if (colon >= 0 && !component.hasKinds()) {
                throw line.wrong("only call and image have a kind behind a colon");
            }
            if (colon < 0 && component == PriceComponent.CALL) {
                throw line.wrong("call needs a tool behind a colon, such as call:web_search");
            }
            return colon < 0 ? null : listed.substring(colon + 1).strip();
        }

        private BigDecimal amount(Column column) {
            String text = of(column);
            try {
                BigDecimal amount = new BigDecimal(text);
                if (amount.signum() >= 0) {
                    return amount;
                }
            } catch (NumberFormatException e) {
                throw line.wrong("the " + column.title + " '" + text + "' is not a number");
            }
            throw line.wrong("the " + column.title + " '" + text + "' is negative");
        }

        private long count(Column column) {
            try {
                long count = amount(column).longValueExact();
                if (count > 0) {
                    return count;
                }
            } catch (ArithmeticException e) {
                throw line.wrong("the " + column.title + " '" + of(column) + "' is not a whole number");
            }
            throw line.wrong("the " + column.title + " must be 1 or more");
        }

        private @Nullable InputStep step() {
            String operator = of(Column.TIER_OP);
            if (operator.isEmpty() && of(Column.TIER_AT).isEmpty()) {
                return null;
            }
            try {
                return InputStep.of(operator + of(Column.TIER_AT));
            } catch (IllegalArgumentException e) {
                throw line.wrong("tier_op and tier_at must be " + e.getMessage());
            }
        }

        private @Nullable LocalDate date(Column column) {
            String text = of(column);
            try {
                return text.isEmpty() ? null : IsoDate.of(text);
            } catch (DateTimeException e) {
                throw line.wrong("the " + column.title + " '" + text + "' is not a date such as 2026-11-10");
            }
        }

        private @Nullable TimeWindow window() {
            String text = of(Column.WINDOW);
            try {
                return text.isEmpty() ? null : TimeWindow.of(text);
            } catch (IllegalArgumentException e) {
                throw line.wrong("the window '" + text + "' cannot be read: " + e.getMessage());
            }
        }
    }
}
