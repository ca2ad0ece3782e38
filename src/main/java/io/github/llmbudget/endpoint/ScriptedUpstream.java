package io.github.llmbudget.endpoint;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.RequestBody;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays the service by the script of a test. */
final class ScriptedUpstream implements Upstream {

    private static final int OK = 200;

    private final Script script;
    private final WireFormats formats;
    private final Pause pause = new Pause();

    ScriptedUpstream(Script script, WireFormats formats) {
        this.script = script;
        this.formats = formats;
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
        return new Sending() {
            @Override
            public Answer await() throws IOException {
                return answer(request);
            }

            @Override
            public void breakOff() {
                // The head of a scripted answer is there at once.
            }
        };
    }

    private Answer answer(HttpExchange.Request request) throws IOException {
        RequestBody body = RequestBody.of(request);
        Optional<ReplyShape> shape = ReplyShape.of(request);
        if (shape.isEmpty()) {
            return unexpected(request, body, "MockLlm does not play this operation");
        }
        Optional<Script.Numbered> next = script.next();
        if (next.isEmpty()) {
            return unexpected(request, body, "the script has no reply left");
        }
        Reply reply = next.get().reply();
        if (reply.content() instanceof Reply.NoAnswer) {
            pause.sleep(reply.delay(), () -> false);
            throw new DroppedConnectionException();
        }
        if (reply.content() instanceof Reply.Failure failure) {
            return ErrorAnswers.of(failure.status(), failure.message(), reply.delay(), pause);
        }
        if (!shape.get().fits(reply.content())) {
            return unexpected(
                    request,
                    body,
                    reply.content() instanceof Reply.Embedding
                            ? "the next reply is an embedding, which this operation cannot answer with"
                            : "the next reply is a text, which this operation cannot answer with");
        }
        return answer(request, body, shape.get(), next.get());
    }

    private Answer answer(HttpExchange.Request request, RequestBody body, ReplyShape shape, Script.Numbered numbered) {
        Reply reply = numbered.reply();
        String asked = body.model();
        String model = reply.model() != null ? reply.model() : asked == null ? "mock-model" : asked;
        ReplyShape.Facts unmeasured = new ReplyShape.Facts(body, reply.content(), model, numbered.number(), null);
        ReplyShape.Facts facts = new ReplyShape.Facts(
                body, reply.content(), model, numbered.number(), usage(request, reply, shape, unmeasured));
        boolean streamed = body.isStreaming() && reply.content() instanceof Reply.Text;
        return streamed ? stream(reply, shape.events(facts)) : whole(reply, shape.body(facts));
    }

    private @Nullable TokenCounts usage(
            HttpExchange.Request request, Reply reply, ReplyShape shape, ReplyShape.Facts unmeasured) {
        return switch (reply.usageRule()) {
            case NONE -> null;
            case GIVEN -> reply.usage();
            case COUNTED -> counted(request, shape.body(unmeasured));
        };
    }

    /** Counts as a call would be that reports no usage, so that a counted reply and an estimate agree. */
    private TokenCounts counted(HttpExchange.Request request, JsonObject body) {
        UsageReader reader = formats.find(request)
                .orElseThrow(() -> new IllegalStateException("No wire format for " + request))
                .open(request);
        byte[] bytes = Json.text(body).getBytes(StandardCharsets.UTF_8);
        reader.begin(new HttpExchange.Response(OK, List.of()));
        reader.accept(bytes, 0, bytes.length);
        LlmCall call = reader.finish(CallStatus.COMPLETE);
        return call.tokens();
    }

    private Answer whole(Reply reply, JsonObject body) {
        String text = Json.text(body);
        boolean cut = reply.cutAfter() != Integer.MAX_VALUE;
        return new ScriptedAnswer(
                OK,
                "application/json",
                List.of(ScriptedAnswer.Piece.of(reply.delay(), cut ? text.substring(0, text.length() / 2) : text)),
                cut,
                List.of(),
                pause);
    }

    private Answer stream(Reply reply, List<ReplyShape.StreamEvent> events) {
        List<ScriptedAnswer.Piece> pieces = new ArrayList<>();
        Duration wait = reply.delay();
        int texts = 0;
        for (ReplyShape.StreamEvent event : events) {
            if (event.text() && texts++ == reply.cutAfter()) {
                return new ScriptedAnswer(OK, "text/event-stream", pieces, true, List.of(), pause);
            }
            if (event.text() && texts > 1) {
                wait = wait.plus(reply.chunkDelay());
            }
            pieces.add(ScriptedAnswer.Piece.of(wait, event.render()));
            wait = Duration.ZERO;
        }
        return new ScriptedAnswer(OK, "text/event-stream", pieces, false, List.of(), pause);
    }

    private Answer unexpected(HttpExchange.Request request, RequestBody body, String reason) {
        UnexpectedRequest unexpected =
                new UnexpectedRequest(request.method(), request.operationPath(), body.model(), reason);
        script.missed(unexpected);
        return ErrorAnswers.unexpected(unexpected);
    }
}
