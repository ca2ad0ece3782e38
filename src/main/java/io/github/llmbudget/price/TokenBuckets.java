package io.github.llmbudget.price;

import io.github.llmbudget.call.TokenCounts;

/**
 * The tokens of a call, each of them in one bucket: what the counts tell of parts and parts of parts, taken apart.
 *
 * <p>Where parts exceed the whole, nobody can say which tokens they are. Then each token is taken for the dearest that
 * it can be: parts that cost more than plain input are filled first, and the reduction of a cache larger than the input
 * is not believed.
 */
@SuppressWarnings("EnumOrdinal") // a map would be objects for each call, and classes for the first one
final class TokenBuckets {

    private final long[] tokens = new long[PriceComponent.OF_TOKENS.size()];
    private final boolean fitting;
    private long left;

    private TokenBuckets(TokenCounts counts) {
        boolean inputFits = fits(counts);
        this.fitting = inputFits && counts.audioOutput() + counts.imageOutput() <= counts.output();
        long heardBefore = inputFits ? counts.cachedAudioInput() : 0;
        long seenBefore = inputFits ? counts.cachedImageInput() : 0;
        long read = inputFits || counts.cachedInput() <= counts.input() ? counts.cachedInput() : 0;
        left = counts.input();
        put(PriceComponent.AUDIO_INPUT, counts.audioInput() - heardBefore);
        put(PriceComponent.CACHED_AUDIO_INPUT, heardBefore);
        put(PriceComponent.IMAGE_INPUT, counts.imageInput() - seenBefore);
        put(PriceComponent.CACHED_IMAGE_INPUT, seenBefore);
        put(PriceComponent.CACHE_WRITE_TWELVE_HOURS, counts.cacheWriteTwelveHours());
        put(PriceComponent.CACHE_WRITE_ONE_HOUR, counts.cacheWriteOneHour());
        put(PriceComponent.CACHE_WRITE, counts.cacheWrite() - longWrites(counts));
        put(PriceComponent.CACHED_INPUT, read - heardBefore - seenBefore);
        put(PriceComponent.INPUT, left);
        left = counts.output();
        put(PriceComponent.AUDIO_OUTPUT, counts.audioOutput());
        put(PriceComponent.IMAGE_OUTPUT, counts.imageOutput());
        put(PriceComponent.OUTPUT, left);
        requireTotal(counts.total());
    }

    static TokenBuckets of(TokenCounts counts) {
        return new TokenBuckets(counts);
    }

    /** Puts tokens into a bucket, no more than there are left. */
    private void put(PriceComponent component, long count) {
        long taken = Math.max(0, Math.min(count, left));
        tokens[component.ordinal()] = taken;
        left -= taken;
    }

    private static boolean fits(TokenCounts counts) {
        long textOfCache = counts.cachedInput() - counts.cachedAudioInput() - counts.cachedImageInput();
        return counts.cachedAudioInput() <= counts.audioInput()
                && counts.cachedImageInput() <= counts.imageInput()
                && textOfCache >= 0
                && longWrites(counts) <= counts.cacheWrite()
                && textOfCache + counts.audioInput() + counts.imageInput() + counts.cacheWrite() <= counts.input();
    }

    private static long longWrites(TokenCounts counts) {
        return counts.cacheWriteOneHour() + counts.cacheWriteTwelveHours();
    }

    private void requireTotal(long total) {
        long sum = 0;
        for (long count : tokens) {
            sum += count;
        }
        if (sum != total) {
            throw new IllegalStateException("Buckets of " + sum + " tokens for a total of " + total);
        }
    }

    /** Tells whether the parts fit into the whole. */
    boolean isFitting() {
        return fitting;
    }

    /** Returns how many tokens of a kind there are. */
    long count(PriceComponent component) {
        return tokens[component.ordinal()];
    }

    /** Takes all the tokens of one kind for another. */
    void take(PriceComponent from, PriceComponent to) {
        tokens[to.ordinal()] += count(from);
        tokens[from.ordinal()] = 0;
    }
}
