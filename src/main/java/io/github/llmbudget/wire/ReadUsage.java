package io.github.llmbudget.wire;

import io.github.llmbudget.call.TokenCounts;
import java.util.function.Consumer;

/**
 * The counts of one usage object in our terms.
 *
 * @param tokens the counts, 0 where one is not known
 * @param inputKnown whether the service told the input
 * @param outputKnown whether the service told the output
 */
record ReadUsage(TokenCounts tokens, boolean inputKnown, boolean outputKnown) {

    static final ReadUsage NOTHING = new ReadUsage(TokenCounts.NONE, false, false);

    /**
     * Reads the counts.
     *
     * @param reported the counts as the service tells them; changed by this
     * @param rule what is a part of what
     * @param outputless whether the answer has no output to tell
     * @param anomalies takes what does not add up, a clause each
     */
    static ReadUsage of(ReportedCounts reported, UsageRule rule, boolean outputless, Consumer<String> anomalies) {
        if (outputless) {
            fillIn(reported);
        }
        rule.settle(reported, anomalies);
        boolean inputKnown = reported.has(AnswerField.INPUT);
        boolean outputKnown = reported.has(AnswerField.OUTPUT);
        TokenCounts tokens = new TokenCounts(
                reported.of(AnswerField.INPUT),
                reported.of(AnswerField.CACHED_INPUT),
                reported.of(AnswerField.CACHE_WRITE),
                reported.of(AnswerField.CACHE_WRITE_ONE_HOUR),
                reported.of(AnswerField.CACHE_WRITE_TWELVE_HOURS),
                reported.of(AnswerField.AUDIO_INPUT),
                reported.of(AnswerField.IMAGE_INPUT),
                reported.of(AnswerField.CACHED_AUDIO_INPUT),
                reported.of(AnswerField.CACHED_IMAGE_INPUT),
                reported.of(AnswerField.OUTPUT),
                reported.of(AnswerField.REASONING),
                reported.of(AnswerField.AUDIO_OUTPUT),
                reported.of(AnswerField.IMAGE_OUTPUT));
        if (inputKnown) {
            checkInput(tokens, anomalies);
        }
        if (outputKnown) {
            checkParts("output", tokens.output(), tokens.reasoning(), "reasoning", anomalies);
        }
        if (inputKnown && outputKnown && reported.has(AnswerField.TOTAL)) {
            checkTotal(tokens, reported.of(AnswerField.TOTAL), anomalies);
        }
        return new ReadUsage(tokens, inputKnown, outputKnown);
    }

    private static void fillIn(ReportedCounts reported) {
        reported.put(AnswerField.OUTPUT, 0);
        if (!reported.has(AnswerField.INPUT) && reported.has(AnswerField.TOTAL)) {
            reported.put(AnswerField.INPUT, reported.of(AnswerField.TOTAL));
        }
    }

    private static void checkInput(TokenCounts tokens, Consumer<String> anomalies) {
        checkParts("input", tokens.input(), tokens.cachedInput(), "cached input", anomalies);
        checkParts("input", tokens.input(), tokens.cacheWrite(), "cache write", anomalies);
        checkParts("input", tokens.input(), tokens.audioInput(), "audio input", anomalies);
        checkParts("cache write", tokens.cacheWrite(), tokens.cacheWriteOneHour(), "one-hour cache write", anomalies);
        checkParts(
                "cache write",
                tokens.cacheWrite(),
                tokens.cacheWriteTwelveHours(),
                "twelve-hour cache write",
                anomalies);
        checkParts("audio input", tokens.audioInput(), tokens.cachedAudioInput(), "cached audio input", anomalies);
        checkParts("image input", tokens.imageInput(), tokens.cachedImageInput(), "cached image input", anomalies);
    }

    private static void checkParts(String wholeName, long whole, long part, String name, Consumer<String> anomalies) {
        if (part > whole) {
            anomalies.accept(name + " of " + part + " exceeds " + wholeName + " of " + whole);
        }
    }

    private static void checkTotal(TokenCounts tokens, long total, Consumer<String> anomalies) {
        if (total < tokens.total()) {
            anomalies.accept("the total of " + total + " is less than input and output, which make " + tokens.total());
        }
    }

    /** Tells whether nothing has to be added to these counts. */
    boolean isWhole() {
        return inputKnown && outputKnown;
    }

    /** Tells whether the service told neither input nor output. */
    boolean isNothing() {
        return !inputKnown && !outputKnown;
    }

    /** Returns the same counts as those of an answer that went on. */
    ReadUsage soFar() {
        return new ReadUsage(tokens, inputKnown, false);
    }

    /** Adds tokens that the service tells apart. */
    ReadUsage plus(TokenCounts more) {
        return new ReadUsage(tokens.plus(more), inputKnown, outputKnown);
    }

    /** Returns the tokens with another input and output, and the parts that are known. */
    TokenCounts withTotals(long input, long output) {
        return new TokenCounts(
                input,
                tokens.cachedInput(),
                tokens.cacheWrite(),
                tokens.cacheWriteOneHour(),
                tokens.cacheWriteTwelveHours(),
                tokens.audioInput(),
                tokens.imageInput(),
                tokens.cachedAudioInput(),
                tokens.cachedImageInput(),
                output,
                tokens.reasoning(),
                tokens.audioOutput(),
                tokens.imageOutput());
    }
}
