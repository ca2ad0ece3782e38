package io.github.llmbudget.client;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a call as LangChain4j tells them, in our terms.
 *
 * @param tokens the counts
 * @param source how sure they are
 * @param note why they are not all, {@code null} if they are
 */
record LangChain4jUsage(
        TokenCounts tokens, CountSource source, @Nullable String note) {

    private static final LangChain4jUsage NONE =
            new LangChain4jUsage(TokenCounts.NONE, CountSource.UNKNOWN, "LangChain4j told no usage");

    /**
     * Reads what was told.
     *
     * @param told the usage, {@code null} if there was none
     * @param outputless whether the call has input only
     */
    static LangChain4jUsage of(@Nullable TokenUsage told, boolean outputless) {
        TokenCounts counts = told == null ? TokenCounts.NONE : counts(told);
        if (told == null || counts.total() == 0) {
            return NONE;
        }
        if (told.inputTokenCount() == null || (told.outputTokenCount() == null && !outputless)) {
            return new LangChain4jUsage(counts, CountSource.PARTIAL, "LangChain4j told a part of the usage only");
        }
        return isKnown(told)
                ? new LangChain4jUsage(counts, CountSource.REPORTED, null)
                : new LangChain4jUsage(
                        counts,
                        CountSource.PARTIAL,
                        "the parts of a " + told.getClass().getSimpleName() + " are not known here");
    }

    LlmCall.Builder put(LlmCall.Builder call) {
        return call.tokens(tokens, source).countNote(note);
    }

    /** By name, for the class of a service is there only if its module is. */
    private static TokenCounts counts(TokenUsage told) {
        return switch (told.getClass().getName()) {
            case "dev.langchain4j.model.openai.OpenAiTokenUsage" -> OpenAi.counts(told);
            case "dev.langchain4j.model.anthropic.AnthropicTokenUsage" -> Anthropic.counts(told);
            case "dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage" -> Gemini.counts(told);
            default -> TokenCounts.of(count(told.inputTokenCount()), count(told.outputTokenCount()));
        };
    }

    private static boolean isKnown(TokenUsage told) {
        return switch (told.getClass().getName()) {
            case "dev.langchain4j.model.output.TokenUsage",
                    "dev.langchain4j.model.openai.OpenAiTokenUsage",
                    "dev.langchain4j.model.anthropic.AnthropicTokenUsage",
                    "dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage" -> true;
            default -> false;
        };
    }

    private static long count(@Nullable Integer told) {
        return Math.max(0, Objects.requireNonNullElse(told, 0));
    }

    /** The parts are within the sums. */
    private static final class OpenAi {

        static TokenCounts counts(TokenUsage told) {
            OpenAiTokenUsage usage = (OpenAiTokenUsage) told;
            var input = usage.inputTokensDetails();
            var output = usage.outputTokensDetails();
            return new TokenCounts(
                    count(usage.inputTokenCount()),
                    input == null ? 0 : count(input.cachedTokens()),
                    0,
                    0,
                    count(usage.outputTokenCount()),
                    output == null ? 0 : count(output.reasoningTokens()),
                    0);
        }
    }

    /** What was read from the cache or written to it is beside the input. */
    private static final class Anthropic {

        static TokenCounts counts(TokenUsage told) {
            AnthropicTokenUsage usage = (AnthropicTokenUsage) told;
            long read = count(usage.cacheReadInputTokens());
            long written = count(usage.cacheCreationInputTokens());
            return new TokenCounts(
                    count(usage.inputTokenCount()) + read + written,
                    read,
                    written,
                    0,
                    count(usage.outputTokenCount()),
                    0,
                    0);
        }
    }

    /** What was cached is within the input, thoughts are beside the output. */
    private static final class Gemini {

        static TokenCounts counts(TokenUsage told) {
            GoogleAiGeminiTokenUsage usage = (GoogleAiGeminiTokenUsage) told;
            long thoughts = count(usage.thoughtsTokenCount());
            return new TokenCounts(
                    count(usage.inputTokenCount()),
                    count(usage.cachedContentTokenCount()),
                    0,
                    0,
                    count(usage.outputTokenCount()) + thoughts,
                    thoughts,
                    0);
        }
    }
}
