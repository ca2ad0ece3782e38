package io.github.llmbudget.call;

import org.apiguardian.api.API;

/**
 * The tokens of one call. {@code input} includes cached reads and cache writes, {@code output} includes reasoning:
 * the other counts are parts of these two and are never added to them. Services make mistakes: a part may exceed the
 * whole, which {@link LlmCall#anomalies()} tells then.
 *
 * @param input all input tokens
 * @param cachedInput the part of the input that was read from the service's prompt cache
 * @param cacheWrite the part of the input that was written to the service's prompt cache
 * @param cacheWriteOneHour the part of the cache writes that the service keeps for an hour, which costs more
 * @param cacheWriteTwelveHours the part of the cache writes that the service keeps for twelve hours, which costs more
 * @param audioInput the part of the input that was audio
 * @param imageInput the part of the input that was images
 * @param cachedAudioInput the part of the cached input that was audio, and so a part of the audio input too
 * @param cachedImageInput the part of the cached input that was images, and so a part of the image input too
 * @param output all output tokens
 * @param reasoning the part of the output that was hidden reasoning
 * @param audioOutput the part of the output that was audio
 * @param imageOutput the part of the output that was images
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record TokenCounts(
        long input,
        long cachedInput,
        long cacheWrite,
        long cacheWriteOneHour,
        long cacheWriteTwelveHours,
        long audioInput,
        long imageInput,
        long cachedAudioInput,
        long cachedImageInput,
        long output,
        long reasoning,
        long audioOutput,
        long imageOutput) {

    /** No tokens at all. */
    public static final TokenCounts NONE = TokenCounts.of(0, 0);

    /**
     * Checks that no count is negative.
     *
     * @param input all input tokens
     * @param cachedInput the part of the input that was read from the service's prompt cache
     * @param cacheWrite the part of the input that was written to the service's prompt cache
     * @param cacheWriteOneHour the part of the cache writes that the service keeps for an hour, which costs more
     * @param cacheWriteTwelveHours the part of the cache writes that the service keeps for twelve hours, which costs more
     * @param audioInput the part of the input that was audio
     * @param imageInput the part of the input that was images
     * @param cachedAudioInput the part of the cached input that was audio, and so a part of the audio input too
     * @param cachedImageInput the part of the cached input that was images, and so a part of the image input too
     * @param output all output tokens
     * @param reasoning the part of the output that was hidden reasoning
     * @param audioOutput the part of the output that was audio
     * @param imageOutput the part of the output that was images
     * @throws IllegalArgumentException if a count is negative
     */
    public TokenCounts {
        requireCount("input", input);
        requireCount("cached input", cachedInput);
        requireCount("cache write", cacheWrite);
        requireCount("one-hour cache write", cacheWriteOneHour);
        requireCount("twelve-hour cache write", cacheWriteTwelveHours);
        requireCount("audio input", audioInput);
        requireCount("image input", imageInput);
        requireCount("cached audio input", cachedAudioInput);
        requireCount("cached image input", cachedImageInput);
        requireCount("output", output);
        requireCount("reasoning", reasoning);
        requireCount("audio output", audioOutput);
        requireCount("image output", imageOutput);
    }

    /**
     * Counts without twelve-hour cache writes, and without the modalities of cached input.
     *
     * @param input all input tokens
     * @param cachedInput the part of the input that was read from the service's prompt cache
     * @param cacheWrite the part of the input that was written to the service's prompt cache
     * @param cacheWriteOneHour the part of the cache writes that the service keeps for an hour, which costs more
     * @param audioInput the part of the input that was audio
     * @param imageInput the part of the input that was images
     * @param output all output tokens
     * @param reasoning the part of the output that was hidden reasoning
     * @param audioOutput the part of the output that was audio
     * @param imageOutput the part of the output that was images
     * @throws IllegalArgumentException if a count is negative
     */
    public TokenCounts(
            long input,
            long cachedInput,
            long cacheWrite,
            long cacheWriteOneHour,
            long audioInput,
            long imageInput,
            long output,
            long reasoning,
            long audioOutput,
            long imageOutput) {
        this(
                input,
                cachedInput,
                cacheWrite,
                cacheWriteOneHour,
                0,
                audioInput,
                imageInput,
                0,
                0,
                output,
                reasoning,
                audioOutput,
                imageOutput);
    }

    /**
     * Counts without images and one-hour cache writes.
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
    public TokenCounts(
            long input,
            long cachedInput,
            long cacheWrite,
            long audioInput,
            long output,
            long reasoning,
            long audioOutput) {
        this(input, cachedInput, cacheWrite, 0, audioInput, 0, output, reasoning, audioOutput, 0);
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
        return new TokenCounts(input, 0, 0, 0, 0, 0, output, 0, 0, 0);
    }

    /**
     * Adds counts.
     *
     * @param more other counts
     * @return the sum, count by count
     */
    public TokenCounts plus(TokenCounts more) {
        return new TokenCounts(
                input + more.input,
                cachedInput + more.cachedInput,
                cacheWrite + more.cacheWrite,
                cacheWriteOneHour + more.cacheWriteOneHour,
                cacheWriteTwelveHours + more.cacheWriteTwelveHours,
                audioInput + more.audioInput,
                imageInput + more.imageInput,
                cachedAudioInput + more.cachedAudioInput,
                cachedImageInput + more.cachedImageInput,
                output + more.output,
                reasoning + more.reasoning,
                audioOutput + more.audioOutput,
                imageOutput + more.imageOutput);
    }

    /**
     * Returns input plus output.
     *
     * @return all tokens of the call
     */
    public long total() {
        return input + output;
    }

    private static void requireCount(String name, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("A token count must not be negative: " + name + " " + count);
        }
    }
}
