package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import io.github.llmbudget.token.EarlierAnswers;
import io.github.llmbudget.token.TokenRules;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Describes where a service's JSON answers to one operation tell what the call was, so that {@link #open} can read them:
 * whole, as an event stream, a line a text, or as an array, packed or not, however the bytes are cut. A
 * {@link WireFormat} of a service that speaks JSON is such a description and a rule which requests it is for.
 *
 * <pre>{@code
 * private static final JsonAnswer ANSWER = JsonAnswer.of(Operation.CHAT, "example")
 *         .at("model", AnswerField.MODEL)
 *         .at("usage", AnswerField.USAGE)
 *         .at("usage.in", AnswerField.INPUT)
 *         .at("usage.out", AnswerField.OUTPUT)
 *         .at("reply.text", AnswerField.TEXT)
 *         .promptAt("messages")
 *         .build();
 * }</pre>
 *
 * <p>A field may be left out: a service that names no model in its answers, for example, is read as the model that the
 * request names. The last object at {@link AnswerField#USAGE} counts, unless {@link Builder#merge} says otherwise.
 *
 * <p>Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class JsonAnswer {

    final Operation operation;
    final @Nullable String family;
    final FieldPaths paths;
    final UsageRule rule;
    final UsageMerge merge;
    final boolean outputless;
    final List<String> lastKinds;
    final List<String> onlyKinds;
    final List<String> textKinds;
    /** All kinds that make a difference. */
    final List<String> knownKinds;

    final boolean usageOnRequest;
    final BiPredicate<HttpExchange.Request, RequestBody> streamed;
    final @Nullable TokenRules tokenRules;
    final List<String> promptMembers;
    final BilledUnits units;
    final Spares<AnswerScan> scans = new Spares<>(() -> new AnswerScan(this));

    private JsonAnswer(Builder builder) {
        this.operation = builder.operation;
        this.family = builder.family;
        this.paths = builder.paths;
        this.rule = builder.rule;
        this.merge = builder.merge;
        this.outputless = builder.outputless;
        this.lastKinds = builder.lastKinds;
        this.onlyKinds = builder.onlyKinds;
        this.textKinds = builder.textKinds;
        this.knownKinds = Stream.of(lastKinds, onlyKinds, textKinds)
                .flatMap(List::stream)
                .distinct()
                .toList();
        this.usageOnRequest = builder.usageOnRequest;
        this.streamed = builder.streamed;
        this.tokenRules = builder.tokenRules;
        this.promptMembers = builder.promptMembers;
        this.units = builder.units;
    }

    /**
     * Starts a description.
     *
     * @param operation what the calls ask for
     * @param family names the provider where the address of the service does not tell it, such as {@code openai};
     *     {@code null} to leave it open
     * @return a builder
     */
    public static Builder of(Operation operation, @Nullable String family) {
        return new Builder(operation, family);
    }

    /**
     * Starts to read an answer.
     *
     * @param request the request it answers
     * @return a reader
     */
    public UsageReader open(HttpExchange.Request request) {
        return open(request, new EarlierAnswers());
    }

    UsageReader open(HttpExchange.Request request, EarlierAnswers earlier) {
        return new JsonAnswerReader(this, request, earlier);
    }

    OptionalLong outputLimit(HttpExchange.Request request) {
        return outputless ? OptionalLong.of(0) : OutputLimit.of(RequestBody.of(request));
    }

    /** Tells whether a JSON text of some kind tells what is to be counted; one whose kind is not known yet may. */
    boolean tellsText(String kind) {
        return textKinds.isEmpty() || kind.isEmpty() || textKinds.contains(kind);
    }

    /** Builds a {@link JsonAnswer}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final Operation operation;
        private final @Nullable String family;
        private final FieldPaths paths = new FieldPaths();
        private UsageRule rule = UsageRule.PARTS_OF_THE_WHOLE;
        private UsageMerge merge = UsageMerge.LAST;
        private boolean outputless;
        private List<String> lastKinds = List.of();
        private List<String> onlyKinds = List.of();
        private List<String> textKinds = List.of();
        private boolean usageOnRequest;
        private BiPredicate<HttpExchange.Request, RequestBody> streamed = (request, body) -> body.isStreaming();
        private @Nullable TokenRules tokenRules;
        private List<String> promptMembers = List.of();
        private BilledUnits units = (call, body, images) -> call;

        private Builder(Operation operation, @Nullable String family) {
            this.operation = Objects.requireNonNull(operation, "operation");
            this.family = family;
        }

        /**
         * Adds where a field stands. A field may stand in several places.
         *
         * @param path JSON keys from the root of a text, separated by dots, with {@code []} for the elements of an
         *     array, such as {@code choices.[].delta.content}
         * @param field what stands there
         * @return this builder
         */
        public Builder at(String path, AnswerField field) {
            paths.add(path, field, null);
            return this;
        }

        /**
         * Adds where the uses of a tool are counted that the service bills by use.
         *
         * @param path the path, as with {@link #at}
         * @param tool the tool's name in {@link io.github.llmbudget.call.LlmCall#toolCalls()}
         * @return this builder
         */
        public Builder toolCallsAt(String path, String tool) {
            paths.add(path, AnswerField.TOOL_CALLS, tool);
            return this;
        }

        /**
         * Sets what is a part of what; {@link UsageRule#PARTS_OF_THE_WHOLE} unless set.
         *
         * @param usageRule the rule
         * @return this builder
         */
        public Builder rule(UsageRule usageRule) {
            this.rule = usageRule;
            return this;
        }

        /**
         * Sets what a later usage object means for an earlier one; {@link UsageMerge#LAST} unless set.
         *
         * @param usageMerge the rule
         * @return this builder
         */
        public Builder merge(UsageMerge usageMerge) {
            this.merge = usageMerge;
            return this;
        }

        /**
         * Tells that answers have no output tokens.
         *
         * @return this builder
         */
        public Builder outputless() {
            this.outputless = true;
            return this;
        }

        /**
         * Sets which values of {@link AnswerField#KIND} mark the last text of a stream that matters. A client may stop
         * reading there, so the call is recorded before it sees that text. The mark {@code [DONE]} needs no kind.
         *
         * @param kinds the values
         * @return this builder
         */
        public Builder lastKinds(String... kinds) {
            this.lastKinds = List.of(kinds);
            return this;
        }

        /**
         * Limits the reading to texts of some {@link AnswerField#KIND}; the others are about parts of the call.
         *
         * @param kinds the values
         * @return this builder
         */
        public Builder onlyKinds(String... kinds) {
            this.onlyKinds = List.of(kinds);
            return this;
        }

        /**
         * Limits the texts that are counted to those in texts of some {@link AnswerField#KIND}; the others repeat them, or
         * tell what is not billed as it stands. A text without a kind tells what is to be counted.
         *
         * @param kinds the values
         * @return this builder
         */
        public Builder textKinds(String... kinds) {
            this.textKinds = List.of(kinds);
            return this;
        }

        /** Tells that a stream reports its usage only if the request asks for it. */
        Builder usageOnRequest() {
            this.usageOnRequest = true;
            return this;
        }

        /**
         * Sets which requests ask for a stream; those with {@code "stream": true} unless set.
         *
         * @param asksForStream tells it of a request
         * @return this builder
         */
        public Builder streamed(Predicate<HttpExchange.Request> asksForStream) {
            return streamed((request, body) -> asksForStream.test(request));
        }

        Builder streamed(BiPredicate<HttpExchange.Request, RequestBody> asksForStream) {
            this.streamed = asksForStream;
            return this;
        }

        /**
         * Lets the input be estimated, where it is not reported, from the texts in some members of the request.
         * Without this, or if the request has none of them, what is not reported stays unknown.
         *
         * @param members the names of the members at the root of the request
         * @return this builder
         */
        public Builder promptAt(String... members) {
            return prompt(TokenRules.texts(List.of(members)), members);
        }

        Builder prompt(TokenRules rules, String... members) {
            this.tokenRules = rules;
            this.promptMembers = List.of(members);
            return this;
        }

        /** Sets what is billed by other units than tokens. */
        Builder units(BilledUnits billed) {
            this.units = billed;
            return this;
        }

        /**
         * Builds the description. The builder must not be used any more.
         *
         * @return the description
         */
        public JsonAnswer build() {
            return new JsonAnswer(this);
        }
    }
}
