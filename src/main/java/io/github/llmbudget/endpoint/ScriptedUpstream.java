package io.github.llmbudget.endpoint;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.token.EarlierAnswers;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormat;
import io.github.llmbudget.wire.WireFormats;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays the service by the script of a test. */
final class ScriptedUpstream implements Upstream {

    private static final int OK = 200;

    private final Script script;
    private final EarlierAnswers earlier;
    private final Pause pause = new Pause();

    /**
     * Creates the mocked service of a test.
     *
     * @param script what it answers
     * @param earlier what the answers of the test told so far, which requests may refer to
     */
    ScriptedUpstream(Script script, EarlierAnswers earlier) {
        this.script = script;
        this.earlier = earlier;
    }

    @Override
    public @Nullable String host() {
        return null;
    }

    @Override
    public void close() {
        pause.close();
    }

    @Override
    public Sending prepare(HttpExchange.Request request) {
        return new Scripted(request);
    }

    private Answer answer(HttpExchange.Request http, Scripted sending) throws IOException {
        LlmRequest request = new LlmRequest(http);
        try {
            ReplyShape shape = ReplyShape.of(http);
            Script.Numbered next = script.next(request, shape);
            Reply reply = computed(request, shape, next.reply());
            sending.pause(reply.delivery().toFirstByte());
            return answer(request, shape, reply, next.number());
        } catch (UnscriptedRequestException e) {
            return ErrorAnswers.unexpected(e.request());
        }
    }

    private Reply computed(LlmRequest request, ReplyShape shape, Reply reply) throws UnscriptedRequestException {
        if (!(reply.content() instanceof ReplyContent.Computed computed)) {
            return reply;
        }
        Reply made = Objects.requireNonNull(
                computed.reply().apply(request), () -> "Reply.of(...) made no reply, but null, of " + request);
        if (made.content() instanceof ReplyContent.Computed || !shape.canAnswerWith(made)) {
            throw script.missed(
                    request, shape, "the computed reply is " + made + ", which this operation cannot answer with");
        }
        return made;
    }

    private Answer answer(LlmRequest request, ReplyShape shape, Reply reply, int number) throws IOException {
        String asked = request.model();
        String model = reply.model() != null ? reply.model() : asked == null ? shape.unnamedModel() : asked;
        if (reply.content() instanceof ReplyContent.NoAnswer noAnswer) {
            throw new DroppedConnectionException(noAnswer.reset());
        }
        List<HttpExchange.Header> headers = new ArrayList<>(reply.headers());
        addMissing(headers, List.of(new HttpExchange.Header("x-request-id", "req_mock-" + number)));
        if (reply.content() instanceof ReplyContent.Failure failure) {
            addMissing(headers, ServiceError.headers(failure.status()));
            ServiceError error = ServiceError.of(failure, model);
            return ErrorAnswers.of(failure.status(), error, headers);
        }
        ReplyFacts unmeasured =
                new ReplyFacts(request.fields(), reply.content(), model, number, null, reply.isObfuscated());
        ReplyFacts facts = unmeasured.with(usage(request, reply, shape, unmeasured));
        ScriptedDelivery delivery = new ScriptedDelivery(reply.delivery(), model, headers, pause);
        return request.isStreaming() && shape.isStreamable()
                ? delivery.streamed(shape.events(facts))
                : delivery.whole(Json.bytes(shape.body(facts)));
    }

    /** What the script says of a header holds. */
    private static void addMissing(List<HttpExchange.Header> headers, List<HttpExchange.Header> usual) {
        for (HttpExchange.Header header : usual) {
            if (!has(headers, header.name())) {
                headers.add(header);
            }
        }
    }

    private static boolean has(List<HttpExchange.Header> headers, String name) {
        for (HttpExchange.Header header : headers) {
            if (header.is(name)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable TokenCounts usage(LlmRequest request, Reply reply, ReplyShape shape, ReplyFacts unmeasured) {
        PromptCache cache = script.promptCache();
        Optional<JsonObject> beginning =
                cache == null ? Optional.empty() : cache.note(request.fields().json(), String.valueOf(request.model()));
        return switch (reply.usageRule()) {
            case NONE -> null;
            case GIVEN -> reply.usage();
            case COUNTED -> {
                TokenCounts counts = WireFormats.all()
                        .find(request.http())
                        .map(format -> counted(request, format, shape.body(unmeasured)))
                        .orElse(null);
                yield cache == null || counts == null || beginning.isEmpty()
                        ? counts
                        : withCached(cache, beginning.get(), unmeasured.model(), counts);
            }
        };
    }

    /**
     * Counts as a call would be that reports no usage, so that a counted reply and an estimate agree. Returns {@code null}
     * if the request holds nothing that can be counted: what is unknown is not reported as zero.
     */
    private @Nullable TokenCounts counted(LlmRequest request, WireFormat format, JsonMembers body) {
        LlmCall call = read(request, format, body, CallStatus.COMPLETE);
        if (call.countSource() == CountSource.UNKNOWN) {
            // An answer that says nothing; what was read of the request counts all the same.
            call = read(request, format, body, CallStatus.UNFINISHED);
        }
        return call.countSource() == CountSource.UNKNOWN ? null : call.tokens();
    }

    private LlmCall read(LlmRequest request, WireFormat format, JsonMembers body, CallStatus status) {
        byte[] bytes = Json.bytes(body);
        try (UsageReader reader = format.open(request.http(), earlier)) {
            reader.begin(new HttpExchange.Response(OK, List.of()));
            reader.accept(bytes, 0, bytes.length);
            return reader.finish(status);
        }
    }

    private static TokenCounts withCached(PromptCache cache, JsonObject beginning, String model, TokenCounts counts) {
        long cached = cache.cached(beginning, model, counts.input());
        return new TokenCounts(counts.input(), cached, 0, 0, counts.output(), counts.reasoning(), 0);
    }

    /** A request to the mocked service, which may be slow: as with a real one, nothing comes before it has begun to answer. */
    private final class Scripted implements Sending {

        private final HttpExchange.Request request;
        private volatile boolean brokenOff;
        private volatile boolean hurried;

        Scripted(HttpExchange.Request request) {
            this.request = request;
        }

        @Override
        public Answer await() throws IOException {
            return answer(request, this);
        }

        void pause(Duration time) throws IOException {
            pause.sleep(time, () -> brokenOff || hurried);
            if (brokenOff) {
                throw new IOException("Nobody waits for the answer any more");
            }
        }

        @Override
        public void hurry() {
            hurried = true;
            pause.look();
        }

        @Override
        public void breakOff() {
            brokenOff = true;
            pause.look();
        }
    }
}
