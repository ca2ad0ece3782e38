package io.github.llmbudget.price;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a price is for: a kind of tokens, or something else that services bill by.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum PriceComponent {
    /** Input tokens that are nothing special. */
    INPUT("input", null, "in", 1_000_000),
    /** Input tokens read from the prompt cache. Without a price of their own they cost as much as input. */
    CACHED_INPUT("cached_input", null, "cached", 1_000_000),
    /** Input tokens written to the prompt cache. Without a price of their own they cost as much as input. */
    CACHE_WRITE("cache_write", null, "cache write", 1_000_000),
    /** Input tokens written to the prompt cache for an hour. They cost as much as input if no write has a price. */
    CACHE_WRITE_ONE_HOUR("cache_write", "1h", "cache write for 1 h", 1_000_000),
    /** Input tokens written to the prompt cache for twelve hours, likewise. */
    CACHE_WRITE_TWELVE_HOURS("cache_write", "12h", "cache write for 12 h", 1_000_000),
    /** Input tokens that are audio. Without a price of their own they have none. */
    AUDIO_INPUT("audio_in", null, "audio in", 1_000_000),
    /** Audio read from the prompt cache. Without a price of its own it costs as much as audio that was not. */
    CACHED_AUDIO_INPUT("cached_audio", null, "cached audio", 1_000_000),
    /** Input tokens that are images. Without a price of their own they have none. */
    IMAGE_INPUT("image_in", null, "image in", 1_000_000),
    /** Images read from the prompt cache. Without a price of their own they cost as much as images that were not. */
    CACHED_IMAGE_INPUT("cached_image", null, "cached image", 1_000_000),
    /** Output tokens, reasoning included. */
    OUTPUT("output", null, "out", 1_000_000),
    /** Output tokens that are audio. Without a price of their own they have none. */
    AUDIO_OUTPUT("audio_out", null, "audio out", 1_000_000),
    /** Output tokens that are images. Without a price of their own they have none. */
    IMAGE_OUTPUT("image_out", null, "image out", 1_000_000),
    /** One use of a tool that the service runs, such as {@code call:web_search}. */
    CALL("call", null, "call", 1),
    /** A second of audio. */
    SECOND("second", null, "second", 1),
    /** A character of text to be spoken. */
    CHARACTER("character", null, "character", 1_000_000),
    /** An image, of any kind or of one, such as {@code image:hd 1024x1792}. */
    IMAGE("image", null, "image", 1),
    /** What the service itself says the call cost; no list has it. */
    REPORTED("reported", null, "reported by the service", 1);

    /** What is counted in tokens. */
    @SuppressWarnings("EnumOrdinal") // they come first
    static final List<PriceComponent> OF_TOKENS = List.of(Arrays.copyOf(values(), CALL.ordinal()));

    private static final PriceComponent[] ALL = values();

    private final String id;
    private final @Nullable String ttl;
    private final String label;
    private final long usualPer;

    PriceComponent(String id, @Nullable String ttl, String label, long usualPer) {
        this.id = id;
        this.ttl = ttl;
        this.label = label;
        this.usualPer = usualPer;
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
     * Returns how long a cache keeps what is written, if that is what tells the component from another of the same name.
     *
     * @return for example {@code 1h}
     */
    public Optional<String> ttl() {
        return Optional.ofNullable(ttl);
    }

    /**
     * Returns the name used in messages.
     *
     * @return for example {@code cached}
     */
    public String label() {
        return label;
    }

    /**
     * Tells whether tokens are what is counted.
     *
     * @return whether it is a kind of tokens
     */
    public boolean isTokens() {
        return compareTo(CALL) < 0;
    }

    /** Returns the component of which this is what the cache has, {@code null} if it is not about the cache. */
    @Nullable
    PriceComponent wholeOfWhichItIsAPart() {
        if (this == CACHED_AUDIO_INPUT) {
            return AUDIO_INPUT;
        }
        if (this == CACHED_IMAGE_INPUT) {
            return IMAGE_INPUT;
        }
        return this == CACHED_INPUT || isCacheWrite() ? INPUT : null;
    }

    /** Tells whether it is a kind of writing to the cache. */
    boolean isCacheWrite() {
        return id.equals(CACHE_WRITE.id);
    }

    /** Tells whether a price may be for one kind only, named behind a colon. */
    boolean hasKinds() {
        return this == CALL || this == IMAGE;
    }

    /**
     * Returns what a price of the component is for, for a reader.
     *
     * @param kind the tool or the kind of image, if the price is for one only
     * @return for example {@code cached input}, {@code web search} or {@code image hd 1024x1792}
     */
    String what(@Nullable String kind) {
        String words = id.replace('_', ' ') + (ttl == null ? "" : " for " + ttl);
        if (kind == null) {
            return words;
        }
        return this == CALL ? kind.replace('_', ' ') + " call" : words + " " + kind;
    }

    /** Returns the component with its kind as price lists write it. */
    String listed(@Nullable String kind) {
        return kind == null ? id : id + ":" + kind;
    }

    /**
     * Returns how many a price is for where a list does not say.
     *
     * @return a million tokens or characters, one of other things
     */
    public long usualPer() {
        return usualPer;
    }

    /** Finds a component by the columns of a price list, {@code null} if there is none; other lifetimes are the ordinary one. */
    static @Nullable PriceComponent of(String id, String ttl) {
        PriceComponent found = null;
        for (PriceComponent component : ALL) {
            boolean lives = component.ttl == null || component.ttl.equals(ttl);
            if (component != REPORTED && component.id.equals(id) && lives) {
                found = component;
            }
        }
        return found;
    }

    /** Returns the names that price lists may use. */
    static String ids() {
        return Stream.of(ALL)
                .filter(component -> component != REPORTED)
                .map(PriceComponent::id)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
