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
        Filling input = new Filling(counts.input());
        if (fits(counts)) {
            long cachedModalities = counts.cachedAudioInput() + counts.cachedImageInput();
            input.put(PriceComponent.AUDIO_INPUT, counts.audioInput() - counts.cachedAudioInput());
            input.put(PriceComponent.CACHED_AUDIO_INPUT, counts.cachedAudioInput());
            input.put(PriceComponent.IMAGE_INPUT, counts.imageInput() - counts.cachedImageInput());
            input.put(PriceComponent.CACHED_IMAGE_INPUT, counts.cachedImageInput());
            input.put(PriceComponent.CACHE_WRITE_TWELVE_HOURS, counts.cacheWriteTwelveHours());
            input.put(PriceComponent.CACHE_WRITE_ONE_HOUR, counts.cacheWriteOneHour());
            input.put(PriceComponent.CACHE_WRITE, counts.cacheWrite() - longWrites(counts));
            input.put(PriceComponent.CACHED_INPUT, counts.cachedInput() - cachedModalities);
        } else {
            input.put(PriceComponent.AUDIO_INPUT, counts.audioInput());
            input.put(PriceComponent.IMAGE_INPUT, counts.imageInput());
            input.put(PriceComponent.CACHE_WRITE_TWELVE_HOURS, counts.cacheWriteTwelveHours());
            input.put(PriceComponent.CACHE_WRITE_ONE_HOUR, counts.cacheWriteOneHour());
            input.put(PriceComponent.CACHE_WRITE, Math.max(0, counts.cacheWrite() - longWrites(counts)));
            input.put(PriceComponent.CACHED_INPUT, counts.cachedInput() > counts.input() ? 0 : counts.cachedInput());
        }
        input.put(PriceComponent.INPUT, input.left);
        Filling output = new Filling(counts.output());
        output.put(PriceComponent.AUDIO_OUTPUT, counts.audioOutput());
        output.put(PriceComponent.IMAGE_OUTPUT, counts.imageOutput());
        output.put(PriceComponent.OUTPUT, output.left);
        boolean outputFits = counts.audioOutput() + counts.imageOutput() <= counts.output();
        Map<PriceComponent, Long> tokens = input.buckets;
        tokens.putAll(output.buckets);
        TokenBuckets buckets = new TokenBuckets(tokens, fits(counts) && outputFits);
        buckets.requireTotal(counts.total());
        return buckets;
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

    /** Puts tokens into buckets, no more than there are left. */
    private static final class Filling {

        private final Map<PriceComponent, Long> buckets = new EnumMap<>(PriceComponent.class);
        private long left;

        Filling(long all) {
            this.left = all;
        }

        void put(PriceComponent component, long count) {
            long taken = Math.min(count, left);
            if (taken > 0) {
                buckets.put(component, taken);
                left -= taken;
            }
        }
    }
}
