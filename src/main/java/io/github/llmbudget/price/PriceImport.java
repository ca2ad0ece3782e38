package io.github.llmbudget.price;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.llmbudget.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Takes prices from the JSON of another catalogue, {@code model_prices_and_context_window.json} of LiteLLM or the second
 * edition of {@code data.json} of genai-prices. What such a catalogue cannot mean is left out or mended, and said: prices
 * for which it has a hole, noise of binary fractions, rates out of all proportion, caches dearer than none.
 *
 * <p>This is done when a list is made, never in a test, and never over the network.
 *
 * <pre>{@code
 * ImportedPrices prices = PriceImport.of(Path.of("model_prices_and_context_window.json"))
 *         .asOf(LocalDate.of(2026, 11, 10))
 *         .providers(List.of("openai", "azure"))
 *         .read();
 * Files.writeString(Path.of("src/test/resources/llm-prices-imported.csv"), prices.list());
 * }</pre>
 *
 * <p>Not safe for use by several threads at once.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class PriceImport {

    private final Path file;
    private final Set<String> providers = new TreeSet<>();
    private final Set<String> free = new TreeSet<>();
    private @Nullable LocalDate asOf;

    private PriceImport(Path file) {
        this.file = file;
    }

    /**
     * Starts an import.
     *
     * @param file the catalogue; which of the two it is shows in its shape
     * @return the import
     */
    public static PriceImport of(Path file) {
        return new PriceImport(file);
    }

    /**
     * Sets the day that the prices are of.
     *
     * @param day the day; without it the list has no date and is never said to be old
     * @return this
     */
    public PriceImport asOf(LocalDate day) {
        this.asOf = day;
        return this;
    }

    /**
     * Takes the prices of some services only.
     *
     * @param names the services, such as {@code openai}; all if there are none
     * @return this
     */
    public PriceImport providers(Collection<String> names) {
        names.forEach(name -> providers.add(Providers.canonical(name)));
        return this;
    }

    /**
     * Believes of some models that they are free. Of the others a price of zero is taken for one that nobody filled in.
     *
     * @param models their names as the catalogue has them
     * @return this
     */
    public PriceImport free(Collection<String> models) {
        models.forEach(model -> free.add(model.toLowerCase(Locale.ROOT)));
        return this;
    }

    /**
     * Reads the catalogue.
     *
     * @return the prices and what is to be said of them
     * @throws ConfigurationException if the file cannot be read or is no such catalogue
     */
    public ImportedPrices read() {
        byte[] bytes = bytes();
        JsonElement json = json(bytes);
        ImportedRows rows = new ImportedRows(providers, free, asOf);
        String catalogue;
        if (GenAiPrices.isOne(json)) {
            catalogue = GenAiPrices.NAME;
            new GenAiPrices(rows).read(json.getAsJsonArray());
        } else if (LiteLlmPrices.isOne(json)) {
            catalogue = LiteLlmPrices.NAME;
            new LiteLlmPrices(rows).read(json.getAsJsonObject());
        } else {
            throw new ConfigurationException(file + " is no price catalogue that is known here. Expected LiteLLM's"
                    + " model_prices_and_context_window.json, an object of models with input_cost_per_token, or the second"
                    + " edition of genai-prices' data.json, an array of providers with models and prices.");
        }
        List<PriceRow> kept = rows.kept();
        List<String> comments = List.of(
                "Imported from " + catalogue + ": " + file.getFileName() + ", sha-256 " + ParsedPrices.sha256(bytes),
                "Prices in USD. What this list has for a model goes before the list built in, line by line.");
        return new ImportedPrices(PriceListWriter.write(asOf, comments, kept), new ArrayList<>(rows.remarks()));
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigurationException("The catalogue " + file + " cannot be read: " + e, e);
        }
    }

    private JsonElement json(byte[] bytes) {
        try {
            return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonParseException e) {
            throw new ConfigurationException("The catalogue " + file + " is no JSON: " + e.getMessage(), e);
        }
    }
}
