package io.github.llmbudget.call;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What one call was: one HTTP exchange with a model service. Each attempt of a client's retry is a call of its own.
 *
 * <pre>{@code
 * LlmCall call = LlmCall.of(Operation.CHAT, "gpt-4o")
 *         .tokens(TokenCounts.of(120, 40), CountSource.REPORTED)
 *         .build();
 * }</pre>
 *
 * <p>Immutable, hence safe for use by many threads.
 *
 * @param operation what was asked for
 * @param provider the service that answered, such as {@code openai}, as far as its address tells, else the family whose
 *     format it speaks; {@code null} if neither is known
 * @param requestedModel the model named in the request, in its body or its path
 * @param answeredModel the model named in the answer, often a dated snapshot of the requested one; where
 *     {@code llmbudget.deployments} says what the requested name stands for, that model
 * @param serviceTier the service tier that served the call, as named in the answer
 * @param region the part of the world that the service was bound to, where that may change the price, such as {@code eu};
 *     {@code null} if it was bound to none
 * @param streaming whether the answer was asked for as a stream
 * @param status how the call ended
 * @param httpStatus the HTTP status of the answer, 0 if none came
 * @param tokens the token counts; {@link TokenCounts#NONE} where {@code countSource} is {@code UNKNOWN}
 * @param countSource where the counts come from
 * @param countNote why and how the counts were estimated or are missing, for a reader
 * @param inputEstimate how the input was counted here, {@code null} where the service reported it or nobody knows it
 * @param outputEstimate how the output was counted here, {@code null} where the service reported it or nobody knows it
 * @param reportedCost what the service itself says the call cost, in USD, where it says so
 * @param toolCalls how often the service ran tools that it bills by use, by name, such as {@code web_search}
 * @param audioDuration the length of the audio that the service bills by, where it tells it instead of tokens
 * @param characters how many characters of text were to be spoken, {@code null} for calls that are not about speech
 * @param images how many images were made, by quality and size, such as {@code hd 1024x1792}
 * @param anomalies what does not add up in the figures of the service, a clause each; the figures are left as they are
 * @param responseId the id the service gave the answer
 * @param requestDigest a digest of path and body: equal for equal requests
 * @param origin who answered
 * @param role what the call was made for
 * @param span the name of the innermost span that was open when the call began
 * @param timing when it ran
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record LlmCall(
        Operation operation,
        @Nullable String provider,
        @Nullable String requestedModel,
        @Nullable String answeredModel,
        @Nullable String serviceTier,
        @Nullable String region,
        boolean streaming,
        CallStatus status,
        int httpStatus,
        TokenCounts tokens,
        CountSource countSource,
        @Nullable String countNote,
        @Nullable TokenEstimate inputEstimate,
        @Nullable TokenEstimate outputEstimate,
        @Nullable BigDecimal reportedCost,
        Map<String, Long> toolCalls,
        @Nullable Duration audioDuration,
        @Nullable Long characters,
        Map<String, Long> images,
        List<String> anomalies,
        @Nullable String responseId,
        @Nullable String requestDigest,
        Origin origin,
        Role role,
        @Nullable String span,
        CallTiming timing) {

    /**
     * Copies what could be changed.
     *
     * @param operation what was asked for
     * @param provider the service that answered, such as {@code openai}, as far as its address tells, else the family whose
     *     format it speaks; {@code null} if neither is known
     * @param requestedModel the model named in the request, in its body or its path
     * @param answeredModel the model named in the answer, often a dated snapshot of the requested one; where
     *     {@code llmbudget.deployments} says what the requested name stands for, that model
     * @param serviceTier the service tier that served the call, as named in the answer
     * @param region the part of the world that the service was bound to, where that may change the price
     * @param streaming whether the answer was asked for as a stream
     * @param status how the call ended
     * @param httpStatus the HTTP status of the answer, 0 if none came
     * @param tokens the token counts; {@link TokenCounts#NONE} where {@code countSource} is {@code UNKNOWN}
     * @param countSource where the counts come from
     * @param countNote why and how the counts were estimated or are missing, for a reader
     * @param inputEstimate how the input was counted here, {@code null} where the service reported it or nobody knows it
     * @param outputEstimate how the output was counted here, {@code null} where the service reported it or nobody knows it
     * @param reportedCost what the service itself says the call cost, in USD, where it says so
     * @param toolCalls how often the service ran tools that it bills by use, by name, such as {@code web_search}
     * @param audioDuration the length of the audio that the service bills by, where it tells it instead of tokens
     * @param characters how many characters of text were to be spoken, {@code null} for calls that are not about speech
     * @param images how many images were made, by quality and size
     * @param anomalies what does not add up in the figures of the service, a clause each; the figures are left as they are
     * @param responseId the id the service gave the answer
     * @param requestDigest a digest of path and body: equal for equal requests
     * @param origin who answered
     * @param role what the call was made for
     * @param span the name of the innermost span that was open when the call began
     * @param timing when it ran
     */
    public LlmCall {
        toolCalls = sorted(toolCalls);
        images = sorted(images);
        anomalies = List.copyOf(anomalies);
    }

    /** Most calls have none, and there are many calls. */
    private static Map<String, Long> sorted(Map<String, Long> counts) {
        return counts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /**
     * Starts the description of a call that completed with status 200, was answered by a mock, and has no counts yet.
     *
     * @param operation what was asked for
     * @param requestedModel the model named in the request, {@code null} if it named none
     * @return a builder
     */
    public static Builder of(Operation operation, @Nullable String requestedModel) {
        return new Builder(operation, requestedModel);
    }

    /**
     * Returns the model the call is priced by: the answered one, else the requested one.
     *
     * @return the model's name, {@code null} if neither request nor answer named one
     */
    public @Nullable String model() {
        return answeredModel != null ? answeredModel : requestedModel;
    }

    /**
     * Tells whether this call may have used tokens that nobody counted. A call that failed used none, and a moderation
     * without tokens is free.
     *
     * @return whether its counts are missing
     */
    public boolean isUncounted() {
        return countSource == CountSource.UNKNOWN && status != CallStatus.FAILED && operation != Operation.MODERATIONS;
    }

    /**
     * Returns why the counts that were made here may be others.
     *
     * @return the reasons of both sides, in the order of their declaration; empty where the service reported the counts
     */
    public Set<EstimateReason> estimateReasons() {
        return TokenEstimate.reasons(inputEstimate, outputEstimate);
    }

    /**
     * Tells whether the input tokens are the least that there can be.
     *
     * @return whether they were {@linkplain CountSource#PARTIAL counted in part}
     */
    public boolean isInputInPart() {
        return isInPart(inputEstimate);
    }

    /**
     * Tells whether the output tokens are the least that there can be.
     *
     * @return whether they were {@linkplain CountSource#PARTIAL counted in part}
     */
    public boolean isOutputInPart() {
        return isInPart(outputEstimate);
    }

    private boolean isInPart(@Nullable TokenEstimate estimate) {
        return countSource == CountSource.PARTIAL && (estimate == null ? !isExplained() : estimate.isPartial());
    }

    /**
     * Tells whether the input tokens were counted here.
     *
     * @return whether the service did not report them
     */
    public boolean isInputEstimated() {
        return inputEstimate != null || isEstimatedWhole();
    }

    /**
     * Tells whether the output tokens were counted here.
     *
     * @return whether the service did not report them
     */
    public boolean isOutputEstimated() {
        return outputEstimate != null || isEstimatedWhole();
    }

    /** Who records a call may leave open how its counts were made. */
    private boolean isEstimatedWhole() {
        return countSource == CountSource.ESTIMATED && !isExplained();
    }

    private boolean isExplained() {
        return inputEstimate != null || outputEstimate != null;
    }

    /**
     * Returns this call with the usage that another reading of the same answer tells.
     *
     * @param again the other reading
     * @return this call with the tokens, the models, the cost and the tools of the other
     */
    public LlmCall withUsageOf(LlmCall again) {
        return toBuilder()
                .answeredModel(again.answeredModel == null ? answeredModel : again.answeredModel)
                .serviceTier(again.serviceTier == null ? serviceTier : again.serviceTier)
                .tokens(again.tokens, again.countSource)
                .countNote(again.countNote)
                .estimates(again.inputEstimate, again.outputEstimate)
                .reportedCost(again.reportedCost)
                .toolCalls(again.toolCalls)
                .audioDuration(again.audioDuration)
                .images(again.images.isEmpty() ? images : again.images)
                .anomalies(again.anomalies)
                .build();
    }

    /**
     * Returns what this call would have been on another model of the same service: as many tokens, and no figure of the
     * service about their cost.
     *
     * @param model the other model
     * @return a call that asked for it
     */
    public LlmCall onModel(String model) {
        return copyTo(new Builder(operation, model))
                .answeredModel(null)
                .reportedCost(null)
                .build();
    }

    /**
     * Returns this call as it was seen.
     *
     * @param by who answered
     * @param times when it began, and how long it took
     * @return the call with both
     */
    public LlmCall seen(Origin by, CallTiming times) {
        return toBuilder().origin(by).timing(times).build();
    }

    /**
     * Returns a builder that holds this call's values.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return copyTo(new Builder(operation, requestedModel));
    }

    private Builder copyTo(Builder builder) {
        builder.provider = provider;
        builder.answeredModel = answeredModel;
        builder.serviceTier = serviceTier;
        builder.region = region;
        builder.streaming = streaming;
        builder.status = status;
        builder.httpStatus = httpStatus;
        builder.tokens = tokens;
        builder.countSource = countSource;
        builder.countNote = countNote;
        builder.inputEstimate = inputEstimate;
        builder.outputEstimate = outputEstimate;
        builder.reportedCost = reportedCost;
        builder.toolCalls = toolCalls;
        builder.audioDuration = audioDuration;
        builder.characters = characters;
        builder.images = images;
        builder.anomalies = anomalies;
        builder.responseId = responseId;
        builder.requestDigest = requestDigest;
        builder.origin = origin;
        builder.role = role;
        builder.span = span;
        builder.timing = timing;
        return builder;
    }

    /** Builds an {@link LlmCall}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final Operation operation;
        private final @Nullable String requestedModel;
        private @Nullable String provider;
        private @Nullable String answeredModel;
        private @Nullable String serviceTier;
        private @Nullable String region;
        private boolean streaming;
        private CallStatus status = CallStatus.COMPLETE;
        private int httpStatus = 200;
        private TokenCounts tokens = TokenCounts.NONE;
        private CountSource countSource = CountSource.UNKNOWN;
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
        private Origin origin = Origin.MOCK;
        private Role role = Role.SUBJECT;
        private @Nullable String span;
        private CallTiming timing = CallTiming.UNKNOWN;

        private Builder(Operation operation, @Nullable String requestedModel) {
            this.operation = Objects.requireNonNull(operation, "operation");
            this.requestedModel = requestedModel;
        }

        /**
         * Sets the service that answered.
         *
         * @param provider its name
         * @return this builder
         */
        public Builder provider(@Nullable String provider) {
            this.provider = provider;
            return this;
        }

        /**
         * Sets the model named in the answer.
         *
         * @param model its name
         * @return this builder
         */
        public Builder answeredModel(@Nullable String model) {
            this.answeredModel = model;
            return this;
        }

        /**
         * Sets the service tier named in the answer.
         *
         * @param tier its name
         * @return this builder
         */
        public Builder serviceTier(@Nullable String tier) {
            this.serviceTier = tier;
            return this;
        }

        /**
         * Sets the part of the world that the service was bound to.
         *
         * @param region for example {@code eu}, {@code null} if it was bound to none
         * @return this
         */
        public Builder region(@Nullable String region) {
            this.region = region;
            return this;
        }

        /**
         * Sets whether the answer was asked for as a stream.
         *
         * @param streaming whether it was
         * @return this builder
         */
        public Builder streaming(boolean streaming) {
            this.streaming = streaming;
            return this;
        }

        /**
         * Sets how the call ended.
         *
         * @param status how it ended
         * @param httpStatus the HTTP status of the answer, 0 if none came
         * @return this builder
         */
        public Builder status(CallStatus status, int httpStatus) {
            this.status = status;
            this.httpStatus = httpStatus;
            return this;
        }

        /**
         * Sets the token counts.
         *
         * @param tokens the counts
         * @param source where they come from
         * @return this builder
         */
        public Builder tokens(TokenCounts tokens, CountSource source) {
            this.tokens = tokens;
            this.countSource = source;
            return this;
        }

        /**
         * Sets why and how the counts were estimated or are missing.
         *
         * @param note a clause for a reader
         * @return this builder
         */
        public Builder countNote(@Nullable String note) {
            this.countNote = note;
            return this;
        }

        /**
         * Sets how the counts were made here that the service did not report.
         *
         * @param input how the input was counted, {@code null} where the service reported it
         * @param output how the output was counted, {@code null} where the service reported it
         * @return this builder
         */
        public Builder estimates(@Nullable TokenEstimate input, @Nullable TokenEstimate output) {
            this.inputEstimate = input;
            this.outputEstimate = output;
            return this;
        }

        /**
         * Sets what the service itself says the call cost.
         *
         * @param usd the cost in USD
         * @return this builder
         */
        public Builder reportedCost(@Nullable BigDecimal usd) {
            this.reportedCost = usd;
            return this;
        }

        /**
         * Sets how often the service ran tools that it bills by use.
         *
         * @param calls the number by tool
         * @return this builder
         */
        public Builder toolCalls(Map<String, Long> calls) {
            this.toolCalls = calls;
            return this;
        }

        /**
         * Sets the length of the audio that the service bills by.
         *
         * @param duration the length
         * @return this builder
         */
        public Builder audioDuration(@Nullable Duration duration) {
            this.audioDuration = duration;
            return this;
        }

        /**
         * Sets how many characters of text were to be spoken.
         *
         * @param characters their number, {@code null} if the call was not about speech
         * @return this
         */
        public Builder characters(@Nullable Long characters) {
            this.characters = characters;
            return this;
        }

        /**
         * Sets how many images were made.
         *
         * @param images their number by quality and size, such as {@code hd 1024x1792}
         * @return this
         */
        public Builder images(Map<String, Long> images) {
            this.images = images;
            return this;
        }

        /**
         * Sets what does not add up in the figures of the service.
         *
         * @param anomalies a clause each
         * @return this builder
         */
        public Builder anomalies(List<String> anomalies) {
            this.anomalies = anomalies;
            return this;
        }

        /**
         * Sets the id the service gave the answer.
         *
         * @param id the id
         * @return this builder
         */
        public Builder responseId(@Nullable String id) {
            this.responseId = id;
            return this;
        }

        /**
         * Sets the digest of the request.
         *
         * @param digest equal for equal requests
         * @return this builder
         */
        public Builder requestDigest(@Nullable String digest) {
            this.requestDigest = digest;
            return this;
        }

        /**
         * Sets who answered.
         *
         * @param origin who answered
         * @return this builder
         */
        public Builder origin(Origin origin) {
            this.origin = origin;
            return this;
        }

        /**
         * Sets what the call was made for.
         *
         * @param role what it was made for
         * @param span the innermost open span
         * @return this builder
         */
        public Builder role(Role role, @Nullable String span) {
            this.role = role;
            this.span = span;
            return this;
        }

        /**
         * Sets when the call ran.
         *
         * @param timing when it ran
         * @return this builder
         */
        public Builder timing(CallTiming timing) {
            this.timing = timing;
            return this;
        }

        /**
         * Builds the call.
         *
         * @return the call
         */
        public LlmCall build() {
            return new LlmCall(
                    operation,
                    provider,
                    requestedModel,
                    answeredModel,
                    serviceTier,
                    region,
                    streaming,
                    status,
                    httpStatus,
                    tokens,
                    countSource,
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
                    origin,
                    role,
                    span,
                    timing);
        }
    }
}
