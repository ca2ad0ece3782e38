package io.github.llmbudget.price;

import java.util.Arrays;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a price is for.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum PriceComponent {
    /** Input tokens that are neither cached nor written to the cache. */
    INPUT("input", "in"),
    /** Input tokens read from the prompt cache. Without a price of their own they cost as much as input. */
    CACHED_INPUT("cached_input", "cached"),
    /** Input tokens written to the prompt cache. Without a price of their own they cost as much as input. */
    CACHE_WRITE("cache_write", "cache write"),
    /** Input tokens that are audio. Without a price of their own they have none. */
    AUDIO_INPUT("audio_input", "audio in"),
    /** Output tokens, reasoning included. */
    OUTPUT("output", "out"),
    /** Output tokens that are audio. Without a price of their own they have none. */
    AUDIO_OUTPUT("audio_output", "audio out");

    private final String id;
    private final String label;

    PriceComponent(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /**
     * Returns the name used in price lists.
     *
     * @return for example {@code cached_input}
     */
    public String id() {
        return id;
    }

    /**
     * Returns the name used in messages.
     *
     * @return for example {@code cached}
     */
    public String label() {
        return label;
    }

    static Optional<PriceComponent> of(String id) {
        return Arrays.stream(values())
                .filter(component -> component.id.equals(id))
                .findFirst();
    }
}
