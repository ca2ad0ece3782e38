package io.github.llmbudget.report.page;

import io.github.llmbudget.budget.Footnotes;
import io.github.llmbudget.budget.TextTable;
import io.github.llmbudget.budget.Words;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.report.CallUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A call as a row of a test's page.
 *
 * @param number its number in the test, from 1
 * @param usage the call and its cost
 * @param isRetry whether it sends a request again that failed before
 * @param span when it ran, {@code null} if nobody took its time
 */
record CallRow(int number, CallUsage usage, boolean isRetry, Timeline.@Nullable Span span) {

    LlmCall call() {
        return usage.call();
    }

    String model() {
        return Shown.model(call().requestedModel() == null ? call().model() : call().requestedModel());
    }

    /** Returns the model that answered, {@code null} if it is the one that was asked or not known. */
    @Nullable
    String answeredModel() {
        String answered = call().answeredModel();
        return answered == null || answered.equals(call().requestedModel()) || call().requestedModel() == null
                ? null
                : answered;
    }

    String status() {
        return call().status().label();
    }

    String statusTone() {
        return switch (call().status()) {
            case COMPLETE -> "passed";
            case CUT, UNFINISHED -> "warning";
            case FAILED -> "failed";
        };
    }

    boolean isComplete() {
        return call().status() == CallStatus.COMPLETE;
    }

    /** Returns the role and the innermost span, empty for an ordinary call. */
    String purpose() {
        String role = call().role() == Role.SUBJECT ? "" : call().role().name().toLowerCase(Locale.ROOT);
        String span = call().span();
        return span == null ? role : role.isEmpty() || role.equals(span) ? span : role + ": " + span;
    }

    String origin() {
        return call().origin().name().toLowerCase(Locale.ROOT);
    }

    String input() {
        return tokens(TokenCounts::input, call().isInputInPart(), call().isInputEstimated());
    }

    String cached() {
        return tokens(TokenCounts::cachedInput, false, false);
    }

    String cacheWrite() {
        return tokens(TokenCounts::cacheWrite, false, false);
    }

    String output() {
        return tokens(TokenCounts::output, call().isOutputInPart(), call().isOutputEstimated());
    }

    String reasoning() {
        return tokens(TokenCounts::reasoning, false, false);
    }

    private String tokens(ToLongFunction<TokenCounts> part, boolean isInPart, boolean isEstimated) {
        if (call().isUncounted()) {
            return "?";
        }
        long tokens = part.applyAsLong(call().tokens());
        if (isInPart) {
            return TextTable.atLeast(tokens);
        }
        return tokens > 0 && isEstimated ? "~" + TextTable.count(tokens) : Shown.orDash(tokens);
    }

    String countSource() {
        CountSource source = call().countSource();
        if (source == CountSource.UNKNOWN && !call().isUncounted()) {
            return "none";
        }
        return source.name().toLowerCase(Locale.ROOT);
    }

    /** Returns why the counts were made here or are missing, empty if there is nothing to say. */
    String countReason() {
        List<String> reasons = new ArrayList<>();
        String note = call().countNote();
        if (note != null) {
            reasons.add(note);
        }
        List<String> others = call().estimateReasons().stream()
                .map(EstimateReason::explanation)
                .toList();
        if (!others.isEmpty()) {
            reasons.add(Words.list(others));
        }
        return String.join("; ", reasons);
    }

    String cost() {
        Cost cost = usage.cost();
        if (call().isUncounted() && cost.usd().signum() == 0) {
            return "unknown";
        }
        return cost.usd().signum() == 0 && usage.isUnpriced() ? "unpriced" : Shown.FIGURES.money(cost);
    }

    /** Returns who says what the call cost. */
    String priceSource() {
        Cost cost = usage.cost();
        if (cost.isReportedByService()) {
            return "service";
        }
        if (usage.isUnpriced()) {
            return cost.lines().isEmpty() ? "unpriced" : "unpriced in part";
        }
        List<String> lists =
                cost.lines().stream().map(PriceLine::list).distinct().toList();
        return lists.isEmpty() ? "-" : String.join(", ", lists);
    }

    List<PriceUse> prices() {
        return usage.cost().lines().stream().map(PriceUse::new).toList();
    }

    /** Returns what does not add up. */
    List<String> notes() {
        return Footnotes.notes(call(), usage.cost());
    }

    /** Returns what else the call used, beside the tokens that have a column. */
    List<String> extras() {
        List<String> extras = new ArrayList<>();
        TokenCounts tokens = call().tokens();
        add(tokens.audioInput(), "audio in", extras);
        add(tokens.imageInput(), "images in", extras);
        add(tokens.audioOutput(), "audio out", extras);
        add(tokens.imageOutput(), "images out", extras);
        call().toolCalls().forEach((tool, uses) -> extras.add(tool + " × " + TextTable.count(uses)));
        call().images().forEach((kind, made) -> extras.add("image " + kind + " × " + TextTable.count(made)));
        if (call().audioDuration() != null) {
            extras.add("audio of " + Shown.duration(call().audioDuration()));
        }
        if (call().characters() != null) {
            extras.add(Shown.count(call().characters(), "character"));
        }
        return extras;
    }

    private static void add(long tokens, String label, List<String> extras) {
        if (tokens > 0) {
            extras.add(TextTable.count(tokens) + " " + label);
        }
    }
}
