package io.github.llmbudget.report;

import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.call.TokenEstimate;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.wire.JsonOut;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes calls as JSON. What nobody knows is left out, so that no reader takes it for zero. */
final class CallWriter {

    private final PriceRows rows;
    private final InstantText instants;

    CallWriter(PriceRows rows, InstantText instants) {
        this.rows = rows;
        this.instants = instants;
    }

    void write(JsonOut out, CallUsage usage) throws IOException {
        LlmCall call = usage.call();
        out.beginObject();
        out.name("operation").value(call.operation().name());
        text(out, "provider", call.provider());
        text(out, "requestedModel", call.requestedModel());
        text(out, "answeredModel", call.answeredModel());
        text(out, "serviceTier", call.serviceTier());
        text(out, "region", call.region());
        out.name("streaming").value(call.streaming());
        out.name("status").value(call.status().name());
        out.name("httpStatus").value(call.httpStatus());
        if (!call.isUncounted()) {
            out.name("tokens");
            writeParts(out, call.tokens());
        }
        out.name("countSource").value(call.countSource().name());
        text(out, "countNote", call.countNote());
        write(out, "inputEstimate", call.inputEstimate());
        write(out, "outputEstimate", call.outputEstimate());
        if (call.reportedCost() != null) {
            out.name("reportedCost").value(Decimals.plain(call.reportedCost()));
        }
        write(out, "toolCalls", call.toolCalls());
        if (call.audioDuration() != null) {
            out.name("audioSeconds").number(Decimals.seconds(call.audioDuration()));
        }
        if (call.characters() != null) {
            out.name("characters").value(call.characters());
        }
        write(out, "images", call.images());
        write(out, "anomalies", call.anomalies());
        text(out, "responseId", call.responseId());
        text(out, "requestDigest", call.requestDigest());
        out.name("origin").value(call.origin().name());
        out.name("role").value(call.role().name());
        text(out, "span", call.span());
        if (!call.timing().equals(CallTiming.UNKNOWN)) {
            out.name("timing");
            write(out, call.timing());
        }
        out.name("cost");
        write(out, usage.cost());
        write(out, "missingPrices", usage.missingPrices());
        Conversation conversation = usage.conversation();
        if (conversation != null) {
            out.name("conversation").beginObject();
            out.name("request").value(conversation.request());
            out.name("answer").value(conversation.answer());
            out.endObject();
        }
        out.endObject();
    }

    /** A part that is zero is left out. */
    static void writeParts(JsonOut out, TokenCounts tokens) throws IOException {
        out.beginObject();
        out.name("input").value(tokens.input());
        count(out, "cachedInput", tokens.cachedInput());
        count(out, "cacheWrite", tokens.cacheWrite());
        count(out, "cacheWriteOneHour", tokens.cacheWriteOneHour());
        count(out, "cacheWriteTwelveHours", tokens.cacheWriteTwelveHours());
        count(out, "audioInput", tokens.audioInput());
        count(out, "imageInput", tokens.imageInput());
        count(out, "cachedAudioInput", tokens.cachedAudioInput());
        count(out, "cachedImageInput", tokens.cachedImageInput());
        out.name("output").value(tokens.output());
        count(out, "reasoning", tokens.reasoning());
        count(out, "audioOutput", tokens.audioOutput());
        count(out, "imageOutput", tokens.imageOutput());
        out.endObject();
    }

    /** Writes a cost without its lines. */
    static void writeSum(JsonOut out, Cost cost) throws IOException {
        out.beginObject();
        amount(out, cost);
        out.endObject();
    }

    private static void amount(JsonOut out, Cost cost) throws IOException {
        if (cost.exactness() != Cost.Exactness.UNPRICED) {
            out.name("usd").value(Decimals.plain(cost.usd()));
        }
        out.name("exactness").value(cost.exactness().name());
    }

    private void write(JsonOut out, Cost cost) throws IOException {
        out.beginObject();
        amount(out, cost);
        if (!cost.lines().isEmpty()) {
            out.name("lines").beginArray();
            for (PriceLine line : cost.lines()) {
                out.beginObject();
                out.name("quantity").value(Decimals.plain(line.quantity()));
                out.name("row").value(rows.placeOf(line.row()));
                out.endObject();
            }
            out.endArray();
        }
        out.endObject();
    }

    private void write(JsonOut out, CallTiming timing) throws IOException {
        out.beginObject();
        out.name("start").value(instants.of(timing.start()));
        millis(out, "toFirstByteMillis", timing.toFirstByte());
        millis(out, "toFirstTokenMillis", timing.toFirstToken());
        millis(out, "totalMillis", timing.total());
        if (timing.recorded() != null) {
            out.name("recorded").value(instants.of(timing.recorded()));
        }
        out.endObject();
    }

    private static void write(JsonOut out, String name, @Nullable TokenEstimate estimate) throws IOException {
        if (estimate != null) {
            out.name(name).beginObject();
            out.name("value").value(estimate.value());
            out.name("lowerBound").value(estimate.lowerBound());
            write(
                    out,
                    "reasons",
                    estimate.reasons().stream().map(EstimateReason::label).toList());
            out.endObject();
        }
    }

    private static void write(JsonOut out, String name, Map<String, Long> counts) throws IOException {
        if (!counts.isEmpty()) {
            out.name(name).beginObject();
            for (Map.Entry<String, Long> count : counts.entrySet()) {
                out.name(count.getKey()).value(count.getValue());
            }
            out.endObject();
        }
    }

    private static void write(JsonOut out, String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            out.name(name).beginArray();
            for (String text : texts) {
                out.value(text);
            }
            out.endArray();
        }
    }

    private static void text(JsonOut out, String name, @Nullable String text) throws IOException {
        if (text != null) {
            out.name(name).value(text);
        }
    }

    private static void count(JsonOut out, String name, long count) throws IOException {
        if (count != 0) {
            out.name(name).value(count);
        }
    }

    private static void millis(JsonOut out, String name, @Nullable Duration duration) throws IOException {
        if (duration != null) {
            out.name(name).number(Decimals.millis(duration));
        }
    }
}
