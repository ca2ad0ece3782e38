package io.github.llmbudget.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One line of a price list: what one thing costs, and when.
 *
 * @param provider the service, {@code null} for any
 * @param model the model, in lower case; {@code *} for any model of the service
 * @param component what the price is for
 * @param kind the tool, or the quality and size of an image, {@code null} for any
 * @param per how many the price is for
 * @param usd the price of that many, in USD; 0 is free
 * @param step the number of input tokens from which on it holds, {@code null} for any number
 * @param serviceTier the service tier
 * @param region the part of the world that the service was bound to, {@code null} if it was bound to none
 * @param from the first day, {@code null} if open
 * @param until the last day, {@code null} if open
 * @param window the hours in which it holds instead of a row without hours, {@code null} if none
 * @param source where the price was found, empty if the list does not say
 * @param checked the day it was last found there, {@code null} if the list does not say
 * @param list the name of the list it stands in, or who else says it
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PriceRow(
        @Nullable String provider,
        String model,
        PriceComponent component,
        @Nullable String kind,
        long per,
        BigDecimal usd,
        @Nullable InputStep step,
        String serviceTier,
        @Nullable String region,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @Nullable TimeWindow window,
        String source,
        @Nullable LocalDate checked,
        String list) {

    /** Stands for any model of a service: {@value}. */
    static final String ANY_MODEL = "*";

    private static final long MILLION = 1_000_000;

    /**
     * Checks the number that the price is for.
     *
     * @param provider the service, {@code null} for any
     * @param model the model, in lower case; {@code *} for any model of the service
     * @param component what the price is for
     * @param kind the tool, or the quality and size of an image, {@code null} for any
     * @param per how many the price is for
     * @param usd the price of that many, in USD; 0 is free
     * @param step the number of input tokens from which on it holds, {@code null} for any number
     * @param serviceTier the service tier
     * @param region the part of the world that the service was bound to, {@code null} if it was bound to none
     * @param from the first day, {@code null} if open
     * @param until the last day, {@code null} if open
     * @param window the hours in which it holds instead of a row without hours, {@code null} if none
     * @param source where the price was found, empty if the list does not say
     * @param checked the day it was last found there, {@code null} if the list does not say
     * @param list the name of the list it stands in, or who else says it
     * @throws IllegalArgumentException if it is for nothing
     */
    public PriceRow {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(usd, "usd");
        Objects.requireNonNull(serviceTier, "serviceTier");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(list, "list");
        if (per <= 0) {
            throw new IllegalArgumentException("a price is for 1 or more, and not for " + per);
        }
    }

    /** Of what tells most rows apart only: tests are priced, and journals written, before the JVM is warm. */
    @Override
    public int hashCode() {
        return 31 * model.hashCode() + component.hashCode();
    }

    /**
     * Returns what the price is for, for a reader.
     *
     * @return for example {@code cached input} or {@code web search call}
     */
    public String what() {
        return component.what(kind);
    }

    /**
     * Tells whether the price is for requests that ask for no special service tier.
     *
     * @return whether it is
     */
    public boolean isOfStandardTier() {
        return serviceTier.equals(ModelPrice.STANDARD);
    }

    /**
     * Tells under which conditions it holds, for a reader.
     *
     * @return for example {@code batch} and {@code input > 200,000}; empty if it holds under any
     */
    public List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        if (!isOfStandardTier()) {
            conditions.add(serviceTier);
        }
        if (region != null) {
            conditions.add(region);
        }
        if (step != null) {
            conditions.add("input " + step);
        }
        if (window != null) {
            conditions.add(window.toString());
        }
        return conditions;
    }

    /**
     * Returns the row as the line of a price list, with all columns there are but the currency.
     *
     * @return for example {@code openai,gpt-4o,input,1000000,2.5,,,,,,,,,a page,2026-11-10}
     */
    public String toLine() {
        return PriceListWriter.line(this);
    }

    /**
     * Tells whether the price is for any model of its service.
     *
     * @return whether it is
     */
    public boolean isForAnyModel() {
        return model.equals(ANY_MODEL);
    }

    /**
     * Returns what a quantity costs.
     *
     * @param quantity how many
     * @return USD; exact wherever the number that the price is for allows it
     */
    public BigDecimal costOf(BigDecimal quantity) {
        BigDecimal product = usd.multiply(quantity);
        if (per == MILLION) {
            return product.movePointLeft(6);
        }
        return per == 1 ? product : product.divide(BigDecimal.valueOf(per), MathContext.DECIMAL128);
    }

    boolean holdsOn(LocalDate date) {
        return (from == null || !date.isBefore(from)) && (until == null || !date.isAfter(until));
    }

    /** Tells whether another row may be equal: of most that are not, a look at a few values tells. */
    boolean isLike(PriceRow other) {
        return component == other.component && model.equals(other.model) && usd.compareTo(other.usd) == 0;
    }

    /** Tells whether two rows are prices for the same, whenever: of two lists, the later one's replaces the other. */
    boolean isForTheSameCaseAs(PriceRow other) {
        return isForTheSameAs(other)
                && serviceTier.equals(other.serviceTier)
                && Objects.equals(region, other.region)
                && Objects.equals(window, other.window);
    }

    /** Tells whether there are requests for which both this row and another one are looked at. */
    boolean holdsBeside(PriceRow other) {
        return Objects.equals(provider, other.provider)
                && serviceTier.equals(other.serviceTier)
                && Objects.equals(region, other.region)
                && sharesHoursWith(other)
                && (until == null || other.from == null || !other.from.isAfter(until))
                && (other.until == null || from == null || !from.isAfter(other.until));
    }

    private boolean sharesHoursWith(PriceRow other) {
        if (window == null || other.window == null) {
            return Objects.equals(window, other.window);
        }
        return window.overlaps(other.window);
    }

    /** Tells whether two rows that hold beside each other are prices for the same. */
    boolean isForTheSameAs(PriceRow other) {
        return component == other.component && Objects.equals(kind, other.kind) && stepTokens() == other.stepTokens();
    }

    /** Returns the number of input tokens above which the price holds, 0 for any number. */
    long stepTokens() {
        return step == null ? 0 : step.tokens();
    }
}
