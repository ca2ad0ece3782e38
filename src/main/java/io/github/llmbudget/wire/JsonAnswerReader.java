package io.github.llmbudget.wire;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.token.TokenCounter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a call out of an answer made of JSON. The bytes are unpacked, framed and scanned as they pass; what is found is
 * put together when the answer is over. What the service does not report is estimated from the texts.
 */
final class JsonAnswerReader implements UsageReader {

    private static final Set<String> UNFINISHED_WORK =
            Set.of("queued", "in_progress", "requires_action", "validating", "finalizing", "cancelling");

    private final JsonAnswer answer;
    private final HttpExchange.Request request;
    private final RequestBody requestBody;
    private final @Nullable String requestedModel;
    private final boolean streamed;
    private final FoundFields found;
    private final JsonScanner json;
    private final BodyFraming body;
    private ContentDecoding decoding;
    private int httpStatus;

    JsonAnswerReader(JsonAnswer answer, HttpExchange.Request request) {
        this.answer = answer;
        this.request = request;
        this.requestBody = RequestBody.of(request);
        this.requestedModel = RequestedModel.of(request, requestBody);
        this.streamed = answer.streamed.test(request, requestBody);
        this.found = new FoundFields(answer);
        this.json = new JsonScanner(answer.paths, found);
        this.body = new BodyFraming(json);
        this.decoding = new ContentDecoding(null, body::accept);
    }

    @Override
    public void begin(HttpExchange.Response response) {
        httpStatus = response.status();
        decoding = new ContentDecoding(response.header("Content-Encoding").orElse(null), body::accept);
        response.header("x-litellm-response-cost").ifPresent(found.cost()::usd);
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        decoding.accept(bytes, offset, length);
    }

    @Override
    public boolean isComplete() {
        return body.hasSeenEndMark()
                || found.isLastTextOver()
                || (body.isWholeText() && (!streamed || json.isOuterArray()));
    }

    @Override
    public boolean hasText() {
        return !found.texts().isEmpty();
    }

    @Override
    public LlmCall finish(CallStatus status) {
        if (!isComplete()) {
            decoding.finish();
        }
        body.finish();
        found.errorEvent(body.hasSeenErrorEvent());
        boolean refused = Refusal.is(status, httpStatus);
        LlmCall.Builder call = LlmCall.of(answer.operation, requestedModel)
                .provider(KnownServices.name(request, answer.family))
                .answeredModel(found.names().model())
                .serviceTier(found.names().serviceTier())
                .region(KnownServices.region(request).orElse(found.names().region()))
                .streaming(streamed)
                .status(refused || found.hasError() ? CallStatus.FAILED : status, httpStatus)
                .responseId(found.names().responseId())
                .requestDigest(digest(request))
                .reportedCost(found.cost().usd())
                .toolCalls(tools())
                .audioDuration(found.audioDuration());
        count(call, status, refused);
        if (!refused && !found.hasError()) {
            answer.units.add(call, requestBody, found.images());
        }
        call.anomalies(found.anomalies());
        found.texts().release();
        return call.build();
    }

    @Override
    public void close() {
        decoding.finish();
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

    private void count(LlmCall.Builder call, CallStatus status, boolean refused) {
        ReadUsage usage = found.usage(status == CallStatus.COMPLETE && !found.hasError());
        if (status == CallStatus.COMPLETE && isWorkGoingOn()) {
            call.countNote("the service answered before the work was done");
        } else if (usage.isWhole()) {
            call.tokens(usage.tokens(), CountSource.REPORTED);
        } else if (refused || (found.hasError() && found.texts().isEmpty() && usage.isNothing())) {
            call.countNote("the call failed");
        } else if (status == CallStatus.UNFINISHED) {
            call.countNote("the call did not end");
        } else if (decoding.problem() != null) {
            call.countNote(decoding.problem());
        } else if (!body.isReadable() && !isCutBeforeItBegan(status)) {
            call.countNote("the answer could not be read");
        } else if (answer.promptTokens == null) {
            call.countNote(
                    found.audioDuration() == null
                            ? "the answer came without usage"
                            : "the service bills the length of the audio, not tokens");
        } else if (!requestBody.hasAny(answer.promptMembers)) {
            call.countNote("the answer came without usage, and the request holds no prompt that can be counted");
        } else if (status == CallStatus.CUT && !isInPieces()) {
            call.countNote("the answer broke off before its usage");
        } else if (status == CallStatus.COMPLETE
                && !answer.outputless
                && !usage.outputKnown()
                && found.texts().isEmpty()
                && !(found.hasError() && usage.inputKnown())) {
            call.countNote("the answer came without usage and without text");
        } else {
            estimate(call, usage, status, answer.promptTokens);
        }
    }

    private boolean isWorkGoingOn() {
        return UNFINISHED_WORK.contains(found.names().progress())
                && !found.hasError()
                && !found.isLastTextOver()
                && found.texts().isEmpty();
    }

    /** Tells whether a stream was cut that the service had promised: it has read the prompt then. */
    private boolean isCutBeforeItBegan(CallStatus status) {
        return status == CallStatus.CUT && streamed && httpStatus > 0 && !body.hasBegun();
    }

    /** Tells whether the texts read so far are texts even if the answer is not whole. */
    private boolean isInPieces() {
        return body.isEventStream() || streamed;
    }

    /** Estimates what the service did not tell; of the rest the service's own counts hold. */
    private void estimate(
            LlmCall.Builder call,
            ReadUsage usage,
            CallStatus status,
            Function<RequestBody, ToLongFunction<TokenCounter>> promptTokens) {
        String answeredModel = found.names().model();
        TokenCounter counter = TokenCounter.forModel(answeredModel != null ? answeredModel : requestedModel);
        long input = usage.inputKnown()
                ? usage.tokens().input()
                : promptTokens.apply(requestBody).applyAsLong(counter);
        long output = answer.outputless
                ? 0
                : Math.max(usage.tokens().output(), found.texts().tokens(counter));
        String reason = status == CallStatus.CUT
                ? "the answer broke off"
                : body.isEventStream() ? "the stream ended without usage" : "the answer came without usage";
        call.tokens(usage.withTotals(input, output), CountSource.ESTIMATED)
                .countNote("estimated with " + counter.encoding() + ": " + reason);
    }

    private static String digest(HttpExchange.Request request) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(request.operationPath().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
            return HexFormat.of().formatHex(sha.digest(request.body()), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
