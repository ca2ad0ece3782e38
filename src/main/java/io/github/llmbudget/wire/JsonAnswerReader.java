package io.github.llmbudget.wire;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenEstimate;
import io.github.llmbudget.token.CountedModel;
import io.github.llmbudget.token.EarlierAnswers;
import io.github.llmbudget.token.TokenRules;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a call out of an answer made of JSON. The bytes are unpacked, framed and scanned as they pass; what is found is
 * put together when the answer is over. What the service does not report is estimated from the texts.
 *
 * <p>Some clients close an answer while another thread still reads it, hence the locks: what scans is used again by others.
 */
final class JsonAnswerReader implements UsageReader {

    private static final Set<String> UNFINISHED_WORK =
            Set.of("queued", "in_progress", "requires_action", "validating", "finalizing", "cancelling");

    private final JsonAnswer answer;
    private final HttpExchange.Request request;
    private final EarlierAnswers earlier;
    private final RequestBody requestBody;
    private final @Nullable String requestedModel;
    private final boolean streamed;
    private final AnswerScan scan;
    private final FoundFields found;
    private final BodyFraming body;
    private int httpStatus;
    private boolean closed;

    JsonAnswerReader(JsonAnswer answer, HttpExchange.Request request, EarlierAnswers earlier) {
        this.answer = answer;
        this.request = request;
        this.earlier = earlier;
        this.requestBody = RequestBody.of(request);
        this.requestedModel = RequestedModel.of(request, requestBody);
        this.streamed = answer.streamed.test(request, requestBody);
        this.scan = answer.scans.take();
        this.found = scan.found();
        this.body = scan.body();
        scan.open(() -> model().newCounter());
    }

    @Override
    public synchronized void begin(HttpExchange.Response response) {
        httpStatus = response.status();
        if (closed) {
            return;
        }
        scan.packed(response.header("Content-Encoding").orElse(null));
        response.header("x-litellm-response-cost").ifPresent(found.cost()::usd);
        if (answer.usageOnRequest
                && !Refusal.is(CallStatus.COMPLETE, httpStatus)
                && StreamUsage.isUnasked(request, requestBody)) {
            model().load();
        }
    }

    @Override
    public synchronized void accept(byte[] bytes, int offset, int length) {
        if (!closed) {
            scan.accept(bytes, offset, length);
        }
    }

    @Override
    public synchronized boolean isComplete() {
        return !closed && scan.isComplete(streamed);
    }

    @Override
    public synchronized boolean hasText() {
        return !closed && !found.texts().isEmpty();
    }

    @Override
    public synchronized long outputSoFar() {
        return closed ? 0 : found.texts().tokensSoFar();
    }

    @Override
    public LlmCall finish(CallStatus status) {
        return finish(status, Origin.MOCK, CallTiming.UNKNOWN);
    }

    /** A call is made once, not a second time with what was seen of it. */
    @Override
    public synchronized LlmCall finish(CallStatus status, Origin by, CallTiming times) {
        if (closed) {
            throw new IllegalStateException("The reader of " + request + " is closed");
        }
        scan.finish(isComplete());
        boolean refused = Refusal.is(status, httpStatus);
        boolean failed = refused || found.hasError();
        CountedTokens tokens = count(status, refused);
        LlmCall call = LlmCall.of(answer.operation, requestedModel)
                .provider(KnownServices.name(request, answer.family))
                .answeredModel(found.names().model())
                .serviceTier(found.names().serviceTier())
                .region(region())
                .streaming(streamed)
                .status(failed ? CallStatus.FAILED : status, httpStatus)
                .tokens(tokens.counts(), tokens.source())
                .countNote(tokens.note())
                .estimates(tokens.input(), tokens.output())
                .reportedCost(found.cost().usd())
                .toolCalls(tools())
                .audioDuration(found.audioDuration())
                .anomalies(found.anomalies())
                .responseId(found.names().responseId())
                .requestDigest(requestBody.digest())
                .origin(by)
                .timing(times)
                .build();
        found.texts().release();
        LlmCall read = failed ? call : answer.units.addTo(call, requestBody, found.images());
        remember(read);
        return read;
    }

    private @Nullable String region() {
        String bound = KnownServices.region(request);
        return bound == null ? found.names().region() : bound;
    }

    /** Requests refer to responses only; to keep those of chats would keep all their images until the test is over. */
    private void remember(LlmCall read) {
        if (answer.operation == Operation.RESPONSES && read.responseId() != null && !read.isUncounted()) {
            earlier.remember(
                    read.responseId(),
                    requestBody.json(),
                    read.tokens(),
                    read.countSource() != CountSource.PARTIAL,
                    found.reasoningItems());
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            scan.clear();
            answer.scans.give(scan);
        }
    }

    /** The preview of a search has a fee of its own, and answers do not tell which of the two ran. */
    private Map<String, Long> tools() {
        Map<String, Long> runs = found.tools();
        Long searches = runs.get(BilledTools.WEB_SEARCH);
        if (searches != null && requestBody.declaresTool(BilledTools.WEB_SEARCH_PREVIEW)) {
            runs.remove(BilledTools.WEB_SEARCH);
            runs.put(BilledTools.WEB_SEARCH_PREVIEW, searches);
        }
        return runs;
    }

    private CountedTokens count(CallStatus status, boolean refused) {
        ReadUsage usage = found.usage(status == CallStatus.COMPLETE && !found.hasError());
        if (status == CallStatus.COMPLETE && isWorkGoingOn()) {
            return CountedTokens.unknown("the service answered before the work was done");
        }
        if (usage.isWhole()) {
            return CountedTokens.reported(usage.tokens());
        }
        return countWithout(usage, status, refused);
    }

    /** Counts what the service did not tell, or tells why it cannot be counted. */
    private CountedTokens countWithout(ReadUsage usage, CallStatus status, boolean refused) {
        if (refused || (found.hasError() && found.texts().isEmpty() && usage.isNothing())) {
            return CountedTokens.unknown("the call failed");
        }
        String problem = scan.problem();
        if (problem != null) {
            return CountedTokens.unknown(problem);
        }
        if (!body.isReadable() && !isEarly(status)) {
            return CountedTokens.unknown("the answer could not be read");
        }
        if (answer.tokenRules == null) {
            return CountedTokens.unknown(
                    found.audioDuration() == null
                            ? lack(status)
                            : "the service bills the length of the audio, not tokens");
        }
        if (!requestBody.hasAny(answer.promptMembers)) {
            return CountedTokens.unknown(lack(status) + ", and the request holds no prompt that can be counted");
        }
        if (status == CallStatus.CUT && !isInPieces()) {
            return CountedTokens.unknown("the answer broke off before its usage");
        }
        if (status == CallStatus.COMPLETE
                && !answer.outputless
                && !usage.outputKnown()
                && found.texts().isEmpty()
                && !(found.hasError() && usage.inputKnown())) {
            return CountedTokens.unknown("the answer came without usage and without text");
        }
        return estimate(usage, status, answer.tokenRules);
    }

    private boolean isWorkGoingOn() {
        return UNFINISHED_WORK.contains(found.names().progress())
                && !found.hasError()
                && !found.isLastTextOver()
                && found.texts().isEmpty();
    }

    /** Tells whether the answer had not begun yet. A stream that was asked for is paid for: the service has read the prompt. */
    private boolean isEarly(CallStatus status) {
        return (status == CallStatus.UNFINISHED || (status == CallStatus.CUT && streamed)) && !body.hasBegun();
    }

    private static String lack(CallStatus status) {
        return status == CallStatus.UNFINISHED ? "the call did not end" : "the answer came without usage";
    }

    /** Tells whether the texts read so far are texts even if the answer is not whole. */
    private boolean isInPieces() {
        return body.isEventStream() || streamed;
    }

    /** Estimates what the service did not tell; of the rest the service's own counts hold. */
    private CountedTokens estimate(ReadUsage usage, CallStatus status, TokenRules rules) {
        CountedModel model = model();
        TokenEstimate input = usage.inputKnown() ? null : rules.prompt(requestBody.json(), model, earlier);
        TokenEstimate output =
                answer.outputless || (usage.outputKnown() && usage.tokens().output() > 0)
                        ? null
                        : written(rules, model, usage.tokens().output(), status);
        Set<EstimateReason> reasons = TokenEstimate.reasons(input, output);
        boolean partial = reasons.stream().anyMatch(EstimateReason::isUnknowable);
        return new CountedTokens(
                usage.withTotals(
                        input == null ? usage.tokens().input() : input.counted(),
                        output == null ? usage.tokens().output() : output.counted()),
                partial ? CountSource.PARTIAL : CountSource.ESTIMATED,
                (partial ? "counted in part" : "estimated") + " with " + model.encodingName() + ": " + cause(status)
                        + doubts(reasons),
                input,
                output);
    }

    private TokenEstimate written(TokenRules rules, CountedModel model, long reported, CallStatus status) {
        TokenEstimate estimate = rules.answer(requestBody.json(), found.texts().choices(), model);
        EnumSet<EstimateReason> reasons = EnumSet.noneOf(EstimateReason.class);
        reasons.addAll(estimate.reasons());
        long value = estimate.value();
        if (status == CallStatus.CUT || found.hasError()) {
            reasons.add(EstimateReason.ANSWER_CUT);
            value = estimate.lowerBound();
        } else if (status == CallStatus.UNFINISHED) {
            reasons.add(EstimateReason.UNFINISHED);
            value = estimate.lowerBound();
        }
        return new TokenEstimate(Math.max(reported, value), Math.max(reported, estimate.lowerBound()), reasons);
    }

    private CountedModel model() {
        String answeredModel = found.names().model();
        return CountedModel.of(
                answeredModel != null ? answeredModel : requestedModel, KnownServices.name(request, answer.family));
    }

    private String cause(CallStatus status) {
        if (status == CallStatus.CUT) {
            return "the answer broke off";
        }
        return body.isEventStream() && status == CallStatus.COMPLETE ? "the stream ended without usage" : lack(status);
    }

    /** That the answer broke off, or did not end, is said already. */
    private static String doubts(Set<EstimateReason> reasons) {
        return reasons.stream()
                .filter(reason -> reason != EstimateReason.ANSWER_CUT && reason != EstimateReason.UNFINISHED)
                .map(reason -> "; " + reason.explanation())
                .collect(Collectors.joining());
    }
}
