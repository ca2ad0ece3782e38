package io.github.llmbudget.price;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A price that no list has, though one has others for the same model.
 *
 * @param model the model in the price lists
 * @param component what was used
 * @param kind the tool, or the quality and size of an image, {@code null} for other components
 * @param tier the service tier that served the call
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record MissingPrice(
        String model, PriceComponent component, @Nullable String kind, String tier) {

    /**
     * Returns what has no price, for a reader.
     *
     * @return for example {@code cached input} or {@code web search}
     */
    public String what() {
        return component.what(kind);
    }

    /**
     * Returns the component as a price list would name it.
     *
     * @return for example {@code call:web_search}
     */
    public String listed() {
        return component.listed(kind);
    }
}
