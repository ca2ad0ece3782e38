package io.github.llmbudget.endpoint;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.RequestBody;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one operation of the service answers, as JSON. */
interface ReplyShape {

    /** Tells whether the operation can answer with such content. */
    boolean fits(Reply.Content content);

    /** Returns the body of an answer that is not streamed. */
    JsonObject body(Facts facts);

    /** Returns the events of a streamed answer, one a chunk of text among them. */
    List<StreamEvent> events(Facts facts);

    /** Finds the shape of the answer to a request. */
    static Optional<ReplyShape> of(HttpExchange.Request request) {
        if (request.isPostTo("/chat/completions")) {
            return Optional.of(new ChatShape());
        }
        if (request.isPostTo("/completions")) {
            return Optional.of(new CompletionsShape());
        }
        if (request.isPostTo("/responses")) {
            return Optional.of(new ResponsesShape());
        }
        if (request.isPostTo("/embeddings")) {
            return Optional.of(new EmbeddingsShape());
        }
        return Optional.empty();
    }

    /**
     * What an answer is made from.
     *
     * @param request the request's body
     * @param content what is answered
     * @param model the model that answers
     * @param number the number of the answer in its test, from 1
     * @param usage the usage to report, {@code null} for none
     */
    record Facts(
            RequestBody request,
            Reply.Content content,
            String model,
            int number,
            @Nullable TokenCounts usage) {

        /** A moment in the past, the same in every run. */
        static final long CREATED = 1_767_225_600L;

        String id(String prefix) {
            return prefix + "mock-" + number;
        }

        List<String> chunks() {
            return content instanceof Reply.Text text ? text.chunks() : List.of();
        }

        String text() {
            return String.join("", chunks());
        }
    }

    /**
     * One event of a stream.
     *
     * @param type its {@code event:} line, {@code null} for none
     * @param data its data
     * @param text whether it carries a chunk of the text
     */
    record StreamEvent(@Nullable String type, String data, boolean text) {

        static StreamEvent of(JsonObject data) {
            return new StreamEvent(null, Json.text(data), false);
        }

        static StreamEvent ofText(JsonObject data) {
            return new StreamEvent(null, Json.text(data), true);
        }

        static StreamEvent done() {
            return new StreamEvent(null, "[DONE]", false);
        }

        String render() {
            return (type == null ? "" : "event: " + type + "\n") + "data: " + data + "\n\n";
        }
    }
}
