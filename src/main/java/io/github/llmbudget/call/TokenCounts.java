package io.github.llmbudget.call;

import org.apiguardian.api.API;

/**
 * The tokens of one call. {@code input} includes cached reads and cache writes, {@code output} includes reasoning:
 * the other counts are parts of these two and are never added to them.
 *
 * @param input all input tokens
 * @param cachedInput the part of the input that was read from the service's prompt cache
 * @param cacheWrite the part of the input that was written to the service's prompt cache
 * @param audioInput the part of the input that was audio
 * @param output all output tokens
 * @param reasoning the part of the output that was hidden reasoning
 * @param audioOutput the part of the output that was audio
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record TokenCounts(
        long input, long cachedInput, long cacheWrite, long audioInput, long output, long reasoning, long audioOutput) {

    /** No tokens at all. */
    public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0, 0, 0, 0);

    /**
     * Checks that no count is negative.
     *
     * @param input all input tokens
     * @param cachedInput the part of the input that was read from the service's prompt cache
     * @param cacheWrite the part of the input that was written to the service's prompt cache
     * @param audioInput the part of the input that was audio
     * @param output all output tokens
     * @param reasoning the part of the output that was hidden reasoning
     * @param audioOutput the part of the output that was audio
     * @throws IllegalArgumentException if a count is negative
     */
    public TokenCounts {
        if (input < 0
                || cachedInput < 0
                || cacheWrite < 0
                || audioInput < 0
                || output < 0
                || reasoning < 0
                || audioOutput < 0) {
            throw new IllegalArgumentException("A token count must not be negative: input " + input + ", cached "
                    + cachedInput + ", cache write " + cacheWrite + ", audio input " + audioInput + ", output "
                    + output + ", reasoning " + reasoning + ", audio output " + audioOutput);
        }
    }

    /**
     * Counts without any of the special parts.
     *
     * @param input all input tokens
     * @param output all output tokens
     * @return the counts
     * @throws IllegalArgumentException if a count is negative
     */
    public static TokenCounts of(long input, long output) {
        return new TokenCounts(input, 0, 0, 0, output, 0, 0);
    }

    /**
     * Returns input plus output.
     *
     * @return all tokens of the call
     */
    public long total() {
        return input + output;
    }
}
