package io.github.llmbudget.report;

import com.google.gson.stream.JsonReader;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.call.TokenEstimate;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one call as {@link CallWriter} writes it. What it does not know is passed over: later versions tell more. */
final class CallReader {

    private final PriceRows rows;
    private final InstantText instants;

    private @Nullable Operation operation;
    private @Nullable String provider;
    private @Nullable String requestedModel;
    private @Nullable String answeredModel;
    private @Nullable String serviceTier;
    private @Nullable String region;
    private boolean streaming;
    private @Nullable CallStatus status;
    private int httpStatus;
    private @Nullable TokenCounts tokens;
    private @Nullable CountSource countSource;
    private @Nullable String countNote;
    private @Nullable TokenEstimate inputEstimate;
    private @Nullable TokenEstimate outputEstimate;
    private @Nullable BigDecimal reportedCost;
    private Map<String, Long> toolCalls = Map.of();
    private @Nullable Duration audioDuration;
    private @Nullable Long characters;
    private Map<String, Long> images = Map.of();
    private List<String> anomalies = List.of();
    private @Nullable String responseId;
    private @Nullable String requestDigest;
    private @Nullable Origin origin;
    private @Nullable Role role;
    private @Nullable String span;
    private CallTiming timing = CallTiming.UNKNOWN;
    private @Nullable Cost cost;
    private List<String> missingPrices = List.of();
    private @Nullable Conversation conversation;

    private CallReader(PriceRows rows, InstantText instants) {
        this.rows = rows;
        this.instants = instants;
    }

    static CallUsage read(JsonReader in, PriceRows rows, InstantText instants) throws IOException {
        CallReader reader = new CallReader(rows, instants);
        members(in, reader::take);
        return reader.usage();
    }

    private void take(String member, JsonReader in) throws IOException {
        switch (member) {
            case "operation" -> operation = Operation.valueOf(in.nextString());
            case "provider" -> provider = in.nextString();
            case "requestedModel" -> requestedModel = in.nextString();
            case "answeredModel" -> answeredModel = in.nextString();
            case "serviceTier" -> serviceTier = in.nextString();
            case "region" -> region = in.nextString();
            case "streaming" -> streaming = in.nextBoolean();
            case "status" -> status = CallStatus.valueOf(in.nextString());
            case "httpStatus" -> httpStatus = in.nextInt();
            case "tokens" -> tokens = tokens(in);
            case "countSource" -> countSource = CountSource.valueOf(in.nextString());
            case "countNote" -> countNote = in.nextString();
            case "inputEstimate" -> inputEstimate = estimate(in);
            case "outputEstimate" -> outputEstimate = estimate(in);
            case "reportedCost" -> reportedCost = new BigDecimal(in.nextString());
            case "toolCalls" -> toolCalls = counts(in);
            case "audioSeconds" -> audioDuration = Decimals.ofSeconds(in.nextString());
            case "characters" -> characters = in.nextLong();
            case "images" -> images = counts(in);
            case "anomalies" -> anomalies = texts(in);
            case "responseId" -> responseId = in.nextString();
            case "requestDigest" -> requestDigest = in.nextString();
            case "origin" -> origin = Origin.valueOf(in.nextString());
            case "role" -> role = Role.valueOf(in.nextString());
            case "span" -> span = in.nextString();
            case "timing" -> timing = timing(in);
            case "cost" -> cost = cost(in);
            case "missingPrices" -> missingPrices = texts(in);
            case "conversation" -> conversation = conversation(in);
            default -> in.skipValue();
        }
    }

    private CallUsage usage() {
        LlmCall call = new LlmCall(
                told("operation", operation),
                provider,
                requestedModel,
                answeredModel,
                serviceTier,
                region,
                streaming,
                told("status", status),
                httpStatus,
                tokens == null ? TokenCounts.NONE : tokens,
                told("countSource", countSource),
                countNote,
                inputEstimate,
                outputEstimate,
                reportedCost,
                toolCalls,
                audioDuration,
                characters,
                images,
                anomalies,
                responseId,
                requestDigest,
                told("origin", origin),
                told("role", role),
                span,
                timing);
        if (!call.isUncounted()) {
            told("tokens", tokens);
        }
        return new CallUsage(call, told("cost", cost), missingPrices, conversation);
    }

    /** What every call has is never made up. */
    private static <T> T told(String member, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a call has no " + member);
        }
        return value;
    }

    private static TokenCounts tokens(JsonReader in) throws IOException {
        Map<String, Long> counts = counts(in);
        return new TokenCounts(
                told("input", counts.get("input")),
                counts.getOrDefault("cachedInput", 0L),
                counts.getOrDefault("cacheWrite", 0L),
                counts.getOrDefault("cacheWriteOneHour", 0L),
                counts.getOrDefault("cacheWriteTwelveHours", 0L),
                counts.getOrDefault("audioInput", 0L),
                counts.getOrDefault("imageInput", 0L),
                counts.getOrDefault("cachedAudioInput", 0L),
                counts.getOrDefault("cachedImageInput", 0L),
                told("output", counts.get("output")),
                counts.getOrDefault("reasoning", 0L),
                counts.getOrDefault("audioOutput", 0L),
                counts.getOrDefault("imageOutput", 0L));
    }

    private static TokenEstimate estimate(JsonReader in) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        Set<EstimateReason> reasons = new HashSet<>();
        members(in, (member, value) -> {
            if (member.equals("reasons")) {
                texts(value).forEach(reason -> reasons.add(EstimateReason.ofLabel(reason)));
            } else {
                counts.put(member, value.nextLong());
            }
        });
        return new TokenEstimate(
                told("value", counts.get("value")), told("lowerBound", counts.get("lowerBound")), Set.copyOf(reasons));
    }

    private CallTiming timing(JsonReader in) throws IOException {
        Map<String, Instant> times = new TreeMap<>();
        Map<String, Duration> durations = new TreeMap<>();
        members(in, (member, value) -> {
            if (member.endsWith("Millis")) {
                durations.put(member, Decimals.ofMillis(value.nextString()));
            } else {
                times.put(member, instants.parse(value.nextString()));
            }
        });
        return new CallTiming(
                told("start", times.get("start")),
                durations.get("toFirstByteMillis"),
                durations.get("toFirstTokenMillis"),
                told("totalMillis", durations.get("totalMillis")),
                times.get("recorded"));
    }

    private Cost cost(JsonReader in) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        List<PriceLine> lines = new ArrayList<>();
        members(in, (member, value) -> {
            if (member.equals("lines")) {
                elements(value, line -> lines.add(line(line)));
            } else {
                texts.put(member, value.nextString());
            }
        });
        Cost.Exactness exactness = Cost.Exactness.valueOf(told("exactness", texts.get("exactness")));
        // Of what has no price, no amount is told.
        String usd =
                exactness == Cost.Exactness.UNPRICED ? texts.getOrDefault("usd", "0") : told("usd", texts.get("usd"));
        return new Cost(new BigDecimal(usd), exactness, lines);
    }

    private PriceLine line(JsonReader in) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        members(in, (member, value) -> texts.put(member, value.nextString()));
        return new PriceLine(
                new BigDecimal(told("quantity", texts.get("quantity"))),
                rows.at(Integer.parseInt(told("row", texts.get("row")))));
    }

    private static Conversation conversation(JsonReader in) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        members(in, (member, value) -> texts.put(member, value.nextString()));
        return new Conversation(told("request", texts.get("request")), told("answer", texts.get("answer")));
    }

    private static Map<String, Long> counts(JsonReader in) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        members(in, (member, value) -> counts.put(member, value.nextLong()));
        return counts;
    }

    private static List<String> texts(JsonReader in) throws IOException {
        List<String> texts = new ArrayList<>();
        elements(in, value -> texts.add(value.nextString()));
        return texts;
    }

    /** Reads an object; each member takes its value from the reader. */
    static void members(JsonReader in, Member member) throws IOException {
        in.beginObject();
        while (in.hasNext()) {
            member.take(in.nextName(), in);
        }
        in.endObject();
    }

    /** Reads an array; each element takes itself from the reader. */
    static void elements(JsonReader in, Element element) throws IOException {
        in.beginArray();
        while (in.hasNext()) {
            element.take(in);
        }
        in.endArray();
    }

    interface Member {
        void take(String name, JsonReader value) throws IOException;
    }

    interface Element {
        void take(JsonReader value) throws IOException;
    }
}
