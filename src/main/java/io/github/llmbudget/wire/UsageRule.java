package io.github.llmbudget.wire;

import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * How a family of services counts: which of its counts are parts of others and which stand beside them.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum UsageRule {
    /**
     * Cached, written, audio and image tokens are parts of the input, reasoning is a part of the output, unless the
     * service's own total tells that they stand beside. The rule of OpenAI and of those that are compatible.
     */
    PARTS_OF_THE_WHOLE {
        @Override
        void settle(ReportedCounts counts, Consumer<String> anomalies) {
            fillInFromTotal(counts);
            fillInCacheWrites(counts);
            long rest = restOfTotal(counts);
            if (rest <= 0) {
                return;
            }
            long cache = counts.of(AnswerField.CACHED_INPUT) + counts.of(AnswerField.CACHE_WRITE);
            if (rest == counts.of(AnswerField.REASONING)) {
                counts.add(AnswerField.OUTPUT, rest);
            } else if (rest == counts.of(AnswerField.AUDIO_INPUT)
                    || rest == cache
                    || rest == counts.of(AnswerField.TOOL_INPUT)) {
                counts.add(AnswerField.INPUT, rest);
            } else {
                takeRestAsOutput(counts, rest, anomalies);
            }
        }
    },
    /** Cached and written tokens stand beside the input. The rule of Anthropic. */
    CACHE_BESIDE_INPUT {
        @Override
        void settle(ReportedCounts counts, Consumer<String> anomalies) {
            fillInCacheWrites(counts);
            if (counts.has(AnswerField.INPUT)) {
                counts.add(AnswerField.INPUT, counts.of(AnswerField.CACHED_INPUT) + counts.of(AnswerField.CACHE_WRITE));
            }
        }
    },
    /** The tokens of tools stand beside the input, reasoning stands beside the output. The rule of Gemini. */
    REASONING_BESIDE_OUTPUT {
        @Override
        void settle(ReportedCounts counts, Consumer<String> anomalies) {
            if (counts.has(AnswerField.INPUT)) {
                // A count that is left out is zero here.
                counts.add(AnswerField.INPUT, counts.of(AnswerField.TOOL_INPUT));
                counts.add(AnswerField.OUTPUT, counts.of(AnswerField.REASONING));
            }
            long rest = restOfTotal(counts);
            if (rest > 0) {
                takeRestAsOutput(counts, rest, anomalies);
            }
        }
    };

    /**
     * Makes the input include the cache, and the output the reasoning.
     *
     * @param counts the counts as the service tells them
     * @param anomalies takes what does not add up, a clause each
     */
    abstract void settle(ReportedCounts counts, Consumer<String> anomalies);

    /** Tells whether a count that a complete answer leaves out is zero. */
    boolean leavesOutZeros() {
        return this == REASONING_BESIDE_OUTPUT;
    }

    private static void fillInFromTotal(ReportedCounts counts) {
        boolean inputTold = counts.has(AnswerField.INPUT);
        long rest = counts.of(AnswerField.TOTAL) - counts.of(AnswerField.INPUT) - counts.of(AnswerField.OUTPUT);
        if (counts.has(AnswerField.TOTAL) && inputTold != counts.has(AnswerField.OUTPUT) && rest >= 0) {
            counts.put(inputTold ? AnswerField.OUTPUT : AnswerField.INPUT, rest);
        }
    }

    private static void fillInCacheWrites(ReportedCounts counts) {
        if (!counts.has(AnswerField.CACHE_WRITE)) {
            counts.put(
                    AnswerField.CACHE_WRITE,
                    counts.of(AnswerField.CACHE_WRITE_SHORT)
                            + counts.of(AnswerField.CACHE_WRITE_ONE_HOUR)
                            + counts.of(AnswerField.CACHE_WRITE_TWELVE_HOURS));
        }
    }

    /** Returns what the total has beyond input and output, 0 if one of the three is not told. */
    private static long restOfTotal(ReportedCounts counts) {
        return counts.has(AnswerField.TOTAL) && counts.has(AnswerField.INPUT) && counts.has(AnswerField.OUTPUT)
                ? counts.of(AnswerField.TOTAL) - counts.of(AnswerField.INPUT) - counts.of(AnswerField.OUTPUT)
                : 0;
    }

    private static void takeRestAsOutput(ReportedCounts counts, long rest, Consumer<String> anomalies) {
        anomalies.accept("the total of " + counts.of(AnswerField.TOTAL) + " exceeds input and output by " + rest
                + ", which is taken as output");
        counts.add(AnswerField.OUTPUT, rest);
    }
}
