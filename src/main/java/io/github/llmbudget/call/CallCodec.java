package io.github.llmbudget.call;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Packs calls into few bytes, so that many can be kept, and unpacks them again as they were. What one codec packed only the
 * same one unpacks, for it keeps the texts that calls have in common.
 *
 * <p>Not safe for use by several threads at once.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
@SuppressWarnings("EnumOrdinal") // no bytes outlive the codec, hence the enums
public final class CallCodec {

    private static final Operation[] OPERATIONS = Operation.values();
    private static final CallStatus[] STATUSES = CallStatus.values();
    private static final CountSource[] SOURCES = CountSource.values();
    private static final Origin[] ORIGINS = Origin.values();
    private static final Role[] ROLES = Role.values();
    private static final EstimateReason[] REASONS = EstimateReason.values();

    private static final int USUAL_STATUS = 200;

    /** A digest as it is usually made. */
    private static final int HEX_LENGTH = 16;

    private static final int TOKEN_COUNTS = 13;

    private final SharedTexts texts = new SharedTexts();
    private final PackedWriter out = new PackedWriter();
    private final long[] counts = new long[TOKEN_COUNTS];

    /** Creates a codec that has packed nothing yet. */
    public CallCodec() {}

    /** What a call may have; what it has not takes no byte. The commonest come first. */
    private enum Part {
        REQUESTED_MODEL,
        ANSWERED_MODEL,
        PROVIDER,
        RESPONSE_ID,
        HEX_DIGEST,
        START,
        TO_FIRST_BYTE,
        TO_FIRST_TOKEN,
        TOTAL,
        STREAMING,
        SERVICE_TIER,
        SPAN,
        REGION,
        HTTP_STATUS,
        COUNT_NOTE,
        INPUT_ESTIMATE,
        OUTPUT_ESTIMATE,
        REPORTED_COST,
        TOOL_CALLS,
        AUDIO_DURATION,
        CHARACTERS,
        IMAGES,
        ANOMALIES,
        OTHER_DIGEST,
        RECORDED;

        long bit() {
            return 1L << ordinal();
        }

        long bitIf(boolean present) {
            return present ? bit() : 0;
        }

        boolean isIn(long parts) {
            return (parts & bit()) != 0;
        }
    }

    /**
     * Packs a call.
     *
     * @param call the call
     * @return its bytes
     */
    public byte[] pack(LlmCall call) {
        out.clear();
        long parts = parts(call);
        out.number(parts);
        out.number(kinds(call));
        shared(call.requestedModel());
        shared(call.answeredModel());
        shared(call.provider());
        tokens(call.tokens());
        if (call.responseId() != null) {
            out.text(call.responseId());
        }
        if (Part.HEX_DIGEST.isIn(parts)) {
            out.eightBytes(Long.parseUnsignedLong(call.requestDigest(), HEX_LENGTH));
        }
        timing(call.timing(), parts);
        shared(call.serviceTier());
        shared(call.span());
        shared(call.region());
        if (Part.HTTP_STATUS.isIn(parts)) {
            out.signed(call.httpStatus());
        }
        shared(call.countNote());
        estimate(call.inputEstimate());
        estimate(call.outputEstimate());
        if (call.reportedCost() != null) {
            out.decimal(call.reportedCost());
        }
        counts(call.toolCalls());
        duration(call.audioDuration());
        if (call.characters() != null) {
            out.signed(call.characters());
        }
        counts(call.images());
        if (!call.anomalies().isEmpty()) {
            out.number(call.anomalies().size());
            call.anomalies().forEach(this::shared);
        }
        if (Part.OTHER_DIGEST.isIn(parts)) {
            out.text(String.valueOf(call.requestDigest()));
        }
        if (call.timing().recorded() != null) {
            instant(call.timing().recorded());
        }
        return out.toBytes();
    }

    private static long parts(LlmCall call) {
        CallTiming timing = call.timing();
        boolean hex = isHex(call.requestDigest());
        return Part.REQUESTED_MODEL.bitIf(call.requestedModel() != null)
                | Part.ANSWERED_MODEL.bitIf(call.answeredModel() != null)
                | Part.PROVIDER.bitIf(call.provider() != null)
                | Part.RESPONSE_ID.bitIf(call.responseId() != null)
                | Part.HEX_DIGEST.bitIf(hex)
                | Part.START.bitIf(!timing.start().equals(Instant.EPOCH))
                | Part.TO_FIRST_BYTE.bitIf(timing.toFirstByte() != null)
                | Part.TO_FIRST_TOKEN.bitIf(timing.toFirstToken() != null)
                | Part.TOTAL.bitIf(!timing.total().isZero())
                | Part.STREAMING.bitIf(call.streaming())
                | Part.SERVICE_TIER.bitIf(call.serviceTier() != null)
                | Part.SPAN.bitIf(call.span() != null)
                | Part.REGION.bitIf(call.region() != null)
                | Part.HTTP_STATUS.bitIf(call.httpStatus() != USUAL_STATUS)
                | Part.COUNT_NOTE.bitIf(call.countNote() != null)
                | Part.INPUT_ESTIMATE.bitIf(call.inputEstimate() != null)
                | Part.OUTPUT_ESTIMATE.bitIf(call.outputEstimate() != null)
                | Part.REPORTED_COST.bitIf(call.reportedCost() != null)
                | Part.TOOL_CALLS.bitIf(!call.toolCalls().isEmpty())
                | Part.AUDIO_DURATION.bitIf(call.audioDuration() != null)
                | Part.CHARACTERS.bitIf(call.characters() != null)
                | Part.IMAGES.bitIf(!call.images().isEmpty())
                | Part.ANOMALIES.bitIf(!call.anomalies().isEmpty())
                | Part.OTHER_DIGEST.bitIf(!hex && call.requestDigest() != null)
                | Part.RECORDED.bitIf(timing.recorded() != null);
    }

    private static boolean isHex(@Nullable String digest) {
        if (digest == null || digest.length() != HEX_LENGTH) {
            return false;
        }
        for (int i = 0; i < HEX_LENGTH; i++) {
            char digit = digest.charAt(i);
            if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** All that is one of a few, in one number. */
    private static long kinds(LlmCall call) {
        long kinds = call.operation().ordinal();
        kinds = kinds * STATUSES.length + call.status().ordinal();
        kinds = kinds * SOURCES.length + call.countSource().ordinal();
        kinds = kinds * ORIGINS.length + call.origin().ordinal();
        return kinds * ROLES.length + call.role().ordinal();
    }

    private void shared(@Nullable String text) {
        if (text != null) {
            texts.write(text, out);
        }
    }

    private void tokens(TokenCounts tokens) {
        counts[0] = tokens.input();
        counts[1] = tokens.output();
        counts[2] = tokens.cachedInput();
        counts[3] = tokens.reasoning();
        counts[4] = tokens.cacheWrite();
        counts[5] = tokens.cacheWriteOneHour();
        counts[6] = tokens.cacheWriteTwelveHours();
        counts[7] = tokens.audioInput();
        counts[8] = tokens.imageInput();
        counts[9] = tokens.cachedAudioInput();
        counts[10] = tokens.cachedImageInput();
        counts[11] = tokens.audioOutput();
        counts[12] = tokens.imageOutput();
        long present = 0;
        for (int i = 0; i < counts.length; i++) {
            present |= counts[i] == 0 ? 0 : 1L << i;
        }
        out.number(present);
        for (long count : counts) {
            if (count != 0) {
                out.number(count);
            }
        }
    }

    private void timing(CallTiming timing, long parts) {
        if (Part.START.isIn(parts)) {
            instant(timing.start());
        }
        duration(timing.toFirstByte());
        duration(timing.toFirstToken());
        if (Part.TOTAL.isIn(parts)) {
            duration(timing.total());
        }
    }

    private void instant(Instant instant) {
        out.signed(instant.getEpochSecond());
        out.number(instant.getNano());
    }

    private void duration(@Nullable Duration duration) {
        if (duration != null) {
            out.signed(duration.getSeconds());
            out.number(duration.getNano());
        }
    }

    private void estimate(@Nullable TokenEstimate estimate) {
        if (estimate != null) {
            out.number(estimate.value());
            out.number(estimate.lowerBound());
            long reasons = 0;
            for (EstimateReason reason : estimate.reasons()) {
                reasons |= 1L << reason.ordinal();
            }
            out.number(reasons);
        }
    }

    private void counts(Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            out.number(counts.size());
            counts.forEach((name, count) -> {
                shared(name);
                out.signed(count);
            });
        }
    }

    /**
     * Unpacks a call.
     *
     * @param packed the bytes that {@link #pack} of this codec made of it
     * @return the call as it was
     */
    public LlmCall unpack(byte[] packed) {
        return new Unpacking(packed).call();
    }

    private final class Unpacking {

        private final PackedReader in;
        private final long parts;

        Unpacking(byte[] packed) {
            in = new PackedReader(packed);
            parts = in.number();
        }

        LlmCall call() {
            long kinds = in.number();
            Role role = ROLES[(int) (kinds % ROLES.length)];
            kinds /= ROLES.length;
            Origin origin = ORIGINS[(int) (kinds % ORIGINS.length)];
            kinds /= ORIGINS.length;
            CountSource source = SOURCES[(int) (kinds % SOURCES.length)];
            kinds /= SOURCES.length;
            CallStatus status = STATUSES[(int) (kinds % STATUSES.length)];
            Operation operation = OPERATIONS[(int) (kinds / STATUSES.length)];
            String requestedModel = shared(Part.REQUESTED_MODEL);
            String answeredModel = shared(Part.ANSWERED_MODEL);
            String provider = shared(Part.PROVIDER);
            TokenCounts tokens = tokens();
            String responseId = has(Part.RESPONSE_ID) ? in.text() : null;
            String hexDigest = has(Part.HEX_DIGEST) ? HexFormat.of().toHexDigits(in.eightBytes()) : null;
            Instant start = has(Part.START) ? instant() : Instant.EPOCH;
            Duration toFirstByte = duration(Part.TO_FIRST_BYTE);
            Duration toFirstToken = duration(Part.TO_FIRST_TOKEN);
            Duration total = has(Part.TOTAL) ? duration() : Duration.ZERO;
            String serviceTier = shared(Part.SERVICE_TIER);
            String span = shared(Part.SPAN);
            String region = shared(Part.REGION);
            int httpStatus = has(Part.HTTP_STATUS) ? (int) in.signed() : USUAL_STATUS;
            String countNote = shared(Part.COUNT_NOTE);
            TokenEstimate inputEstimate = estimate(Part.INPUT_ESTIMATE);
            TokenEstimate outputEstimate = estimate(Part.OUTPUT_ESTIMATE);
            BigDecimal reportedCost = has(Part.REPORTED_COST) ? in.decimal() : null;
            Map<String, Long> toolCalls = counts(Part.TOOL_CALLS);
            Duration audioDuration = duration(Part.AUDIO_DURATION);
            Long characters = has(Part.CHARACTERS) ? in.signed() : null;
            Map<String, Long> images = counts(Part.IMAGES);
            List<String> anomalies = has(Part.ANOMALIES) ? listed() : List.of();
            String digest = has(Part.OTHER_DIGEST) ? in.text() : hexDigest;
            Instant recorded = has(Part.RECORDED) ? instant() : null;
            return new LlmCall(
                    operation,
                    provider,
                    requestedModel,
                    answeredModel,
                    serviceTier,
                    region,
                    has(Part.STREAMING),
                    status,
                    httpStatus,
                    tokens,
                    source,
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
                    digest,
                    origin,
                    role,
                    span,
                    new CallTiming(start, toFirstByte, toFirstToken, total, recorded));
        }

        private boolean has(Part part) {
            return part.isIn(parts);
        }

        private @Nullable String shared(Part part) {
            return has(part) ? texts.read(in) : null;
        }

        private TokenCounts tokens() {
            long present = in.number();
            long input = count(present, 0);
            long output = count(present, 1);
            long cachedInput = count(present, 2);
            long reasoning = count(present, 3);
            long cacheWrite = count(present, 4);
            long cacheWriteOneHour = count(present, 5);
            long cacheWriteTwelveHours = count(present, 6);
            long audioInput = count(present, 7);
            long imageInput = count(present, 8);
            long cachedAudioInput = count(present, 9);
            long cachedImageInput = count(present, 10);
            long audioOutput = count(present, 11);
            long imageOutput = count(present, 12);
            return new TokenCounts(
                    input,
                    cachedInput,
                    cacheWrite,
                    cacheWriteOneHour,
                    cacheWriteTwelveHours,
                    audioInput,
                    imageInput,
                    cachedAudioInput,
                    cachedImageInput,
                    output,
                    reasoning,
                    audioOutput,
                    imageOutput);
        }

        private long count(long present, int number) {
            return (present & 1L << number) == 0 ? 0 : in.number();
        }

        private Instant instant() {
            return Instant.ofEpochSecond(in.signed(), in.number());
        }

        private @Nullable Duration duration(Part part) {
            return has(part) ? duration() : null;
        }

        private Duration duration() {
            return Duration.ofSeconds(in.signed(), in.number());
        }

        private @Nullable TokenEstimate estimate(Part part) {
            if (!has(part)) {
                return null;
            }
            long value = in.number();
            long lowerBound = in.number();
            long reasons = in.number();
            Set<EstimateReason> found = EnumSet.noneOf(EstimateReason.class);
            for (EstimateReason reason : REASONS) {
                if ((reasons & 1L << reason.ordinal()) != 0) {
                    found.add(reason);
                }
            }
            return new TokenEstimate(value, lowerBound, found);
        }

        private Map<String, Long> counts(Part part) {
            if (!has(part)) {
                return Map.of();
            }
            Map<String, Long> counts = new TreeMap<>();
            for (long left = in.number(); left > 0; left--) {
                counts.put(texts.read(in), in.signed());
            }
            return counts;
        }

        private List<String> listed() {
            List<String> listed = new ArrayList<>();
            for (long left = in.number(); left > 0; left--) {
                listed.add(texts.read(in));
            }
            return listed;
        }
    }
}
