package io.github.llmbudget.report.page;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.report.Totals;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens by what they are, as one bar.
 *
 * @param parts the parts, from left to right
 */
record TokenParts(List<Part> parts) {

    /** A service may report parts that exceed the whole; then nothing is left beside them. */
    static TokenParts of(Totals totals) {
        TokenCounts tokens = totals.tokens();
        long plainInput = Math.max(0, tokens.input() - tokens.cachedInput() - tokens.cacheWrite());
        long plainOutput = Math.max(0, tokens.output() - tokens.reasoning());
        long all = plainInput + tokens.cachedInput() + tokens.cacheWrite() + plainOutput + tokens.reasoning();
        List<Part> parts = new ArrayList<>();
        CountSource inputParts = totals.inputPartsSource();
        add("input", "input, uncached", plainInput, totals.inputSource(), all, parts);
        add("cached", "input from cache", tokens.cachedInput(), inputParts, all, parts);
        add("write", "cache write", tokens.cacheWrite(), inputParts, all, parts);
        add("output", "output", plainOutput, totals.outputSource(), all, parts);
        add("reasoning", "reasoning", tokens.reasoning(), totals.outputPartsSource(), all, parts);
        return new TokenParts(parts);
    }

    private static void add(String id, String label, long tokens, CountSource source, long all, List<Part> parts) {
        int start = parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end();
        parts.add(new Part(id, label, Shown.FIGURES.tokens(tokens, source), start, Bar.permille(tokens, all)));
    }

    /**
     * A part of the tokens.
     *
     * @param id its name in the style
     * @param label its name for a reader
     * @param tokens how many there are, for a reader
     * @param start where it begins, in thousandths
     * @param width how wide it is, in thousandths
     */
    record Part(String id, String label, String tokens, int start, int width) {

        int end() {
            return start + width;
        }
    }
}
