package io.github.llmbudget.price;

import io.github.llmbudget.call.TokenCounts;
import java.util.EnumMap;
import java.util.Map;

/**
 * The tokens of a call, each of them in one bucket: what the counts tell of parts and parts of parts, taken apart.
 *
 * <p>Where parts exceed the whole, nobody can say which tokens they are. Then each token is taken for the dearest that
 * it can be: parts that cost more than plain input are filled first, and the reduction of a cache larger than the input
 * is not believed.
 *
 * @param tokens how many tokens there are of each kind, none of them zero
 * @param fitting whether the parts fit into the whole
 */
record TokenBuckets(Map<PriceComponent, Long> tokens, boolean fitting) {

    static TokenBuckets of(TokenCounts counts) {
        boolean fits = fits(counts);
        long heardBefore = fits ? counts.cachedAudioInput() : 0;
        long seenBefore = fits ? counts.cachedImageInput() : 0;
        long read = fits || counts.cachedInput() <= counts.input() ? counts.cachedInput() : 0;
        Map<PriceComponent, Long> tokens = new EnumMap<>(PriceComponent.class);
        long left = counts.input();
        left -= put(tokens, PriceComponent.AUDIO_INPUT, counts.audioInput() - heardBefore, left);
        left -= put(tokens, PriceComponent.CACHED_AUDIO_INPUT, heardBefore, left);
        left -= put(tokens, PriceComponent.IMAGE_INPUT, counts.imageInput() - seenBefore, left);
        left -= put(tokens, PriceComponent.CACHED_IMAGE_INPUT, seenBefore, left);
        left -= put(tokens, PriceComponent.CACHE_WRITE_TWELVE_HOURS, counts.cacheWriteTwelveHours(), left);
        left -= put(tokens, PriceComponent.CACHE_WRITE_ONE_HOUR, counts.cacheWriteOneHour(), left);
        left -= put(tokens, PriceComponent.CACHE_WRITE, counts.cacheWrite() - longWrites(counts), left);
        left -= put(tokens, PriceComponent.CACHED_INPUT, read - heardBefore - seenBefore, left);
        put(tokens, PriceComponent.INPUT, left, left);
        left = counts.output();
        left -= put(tokens, PriceComponent.AUDIO_OUTPUT, counts.audioOutput(), left);
        left -= put(tokens, PriceComponent.IMAGE_OUTPUT, counts.imageOutput(), left);
        put(tokens, PriceComponent.OUTPUT, left, left);
        boolean outputFits = counts.audioOutput() + counts.imageOutput() <= counts.output();
        TokenBuckets buckets = new TokenBuckets(tokens, fits && outputFits);
        buckets.requireTotal(counts.total());
        return buckets;
    }

    /** Puts tokens into a bucket, no more than there are left, and returns how many. */
    private static long put(Map<PriceComponent, Long> tokens, PriceComponent component, long count, long left) {
        long taken = Math.max(0, Math.min(count, left));
        if (taken > 0) {
            tokens.put(component, taken);
        }
        return taken;
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
        for (long count : tokens.values()) {
            sum += count;
        }
        if (sum != total) {
            throw new IllegalStateException("Buckets of " + sum + " tokens for a total of " + total + ": " + tokens);
        }
    }

    /** Returns the buckets with all the tokens of one kind taken for another. */
    TokenBuckets with(PriceComponent from, PriceComponent to) {
        Map<PriceComponent, Long> moved = new EnumMap<>(tokens);
        Long count = moved.remove(from);
        if (count != null) {
            moved.merge(to, count, Long::sum);
        }
        return new TokenBuckets(moved, fitting);
    }
}
