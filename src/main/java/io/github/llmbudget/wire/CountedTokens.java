package io.github.llmbudget.wire;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.call.TokenEstimate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a call, and how they are known.
 *
 * @param counts the counts
 * @param source where they come from
 * @param note why they were estimated or are missing, {@code null} if they were reported
 * @param input how the input was estimated, {@code null} if it was not
 * @param output how the output was estimated, {@code null} if it was not
 */
record CountedTokens(
        TokenCounts counts,
        CountSource source,
        @Nullable String note,
        @Nullable TokenEstimate input,
        @Nullable TokenEstimate output) {

    static CountedTokens reported(TokenCounts counts) {
        return new CountedTokens(counts, CountSource.REPORTED, null, null, null);
    }

    static CountedTokens unknown(String why) {
        return new CountedTokens(TokenCounts.NONE, CountSource.UNKNOWN, why, null, null);
    }
}
