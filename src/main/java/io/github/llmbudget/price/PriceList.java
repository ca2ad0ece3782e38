package io.github.llmbudget.price;

import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A text of prices: comma-separated, one line a component and period, the columns named in the first line. {@code model},
 * {@code component} and {@code price} are required. {@code provider} binds a price to one service; {@code per} tells how
 * many the price is for (a million tokens, unless it says otherwise); {@code tier_op} and {@code tier_at} from how many
 * input tokens on it holds; {@code service_tier}, {@code region}, {@code ttl}, {@code valid_from}, {@code valid_until}
 * and {@code window} when; {@code source} and {@code checked} where it was found. Lines that begin with {@code #} are
 * comments, of which {@code # as-of: 2026-11-10} gives the list its date.
 *
 * <pre>{@code
 * PriceList list = PriceList.parse("team prices", """
 *         model,component,price
 *         our-model,input,0.50
 *         our-model,output,1.50
 *         """);
 * }</pre>
 *
 * <p>Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public abstract class PriceList {

    PriceList() {}

    /**
     * Returns the list in the jar.
     *
     * @return the list, which is read when it is first asked for
     */
    public static PriceList builtIn() {
        return BuiltInPrices.list();
    }

    /**
     * Reads a file.
     *
     * @param file the file, in UTF-8
     * @return the list
     * @throws ConfigurationException if it cannot be read; the message names file, line and what is expected
     */
    public static PriceList read(Path file) {
        try {
            return ParsedPrices.parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The price list " + file.toAbsolutePath() + " cannot be read: " + e
                            + ". Correct llmbudget.prices.file.",
                    e);
        }
    }

    /**
     * Reads a resource.
     *
     * @param name the name shown in messages
     * @param resource the resource, in UTF-8
     * @return the list
     * @throws ConfigurationException if it cannot be read; the message names list, line and what is expected
     */
    public static PriceList read(String name, URL resource) {
        try (InputStream in = resource.openStream()) {
            return ParsedPrices.parse(name, in.readAllBytes());
        } catch (IOException e) {
            throw new ConfigurationException("The price list " + resource + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name the name shown in messages
     * @param text the lines
     * @return the list
     * @throws ConfigurationException if it cannot be read; the message names list, line and what is expected
     */
    public static PriceList parse(String name, String text) {
        return ParsedPrices.parse(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns what tells this list from others.
     *
     * @return name, date and digest
     */
    public final PriceListId id() {
        return new PriceListId(name(), asOf(), sha256());
    }

    /**
     * Returns the list's name.
     *
     * @return the name shown in messages
     */
    public abstract String name();

    /**
     * Returns the day the list was brought up to date.
     *
     * @return the day, {@code null} if the list does not say
     */
    public abstract @Nullable LocalDate asOf();

    /**
     * Returns the models that the list has prices for.
     *
     * @return their names, in lower case
     */
    public abstract Set<String> models();

    /**
     * Returns the rows of a model, at all services and at all times.
     *
     * @param model the name in lower case, or {@code *} for the rows that hold for any model of a service
     * @return the rows, in the order of the list; none if the list does not have the model
     */
    public abstract List<PriceRow> rowsOf(String model);

    /** Returns the rows of a model that hold at a service, those that are for any service included. */
    List<PriceRow> rowsOf(String provider, String model) {
        List<PriceRow> rows = new ArrayList<>();
        for (PriceRow row : rowsOf(model)) {
            if (row.provider() == null || row.provider().equals(provider)) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Returns the SHA-256 digest of the list's bytes, in hexadecimal digits. */
    abstract String sha256();
}
