package io.github.llmbudget.endpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of {@code /chat/completions}. */
final class ChatShape implements ReplyShape {

    @Override
    public boolean fits(Reply.Content content) {
        return content instanceof Reply.Text;
    }

    @Override
    public JsonObject body(Facts facts) {
        JsonObject message = Json.object(
                "role", "assistant", "content", facts.text(), "refusal", null, "annotations", new JsonArray());
        JsonObject body = Json.object(
                "id", facts.id("chatcmpl-"),
                "object", "chat.completion",
                "created", Facts.CREATED,
                "model", facts.model(),
                "choices",
                        Json.array(Json.object(
                                "index", 0, "message", message, "logprobs", null, "finish_reason", "stop")));
        if (facts.usage() != null) {
            body.add("usage", UsageJson.promptAndCompletion(facts.usage()));
        }
        body.addProperty("service_tier", "default");
        return body;
    }

    @Override
    public List<StreamEvent> events(Facts facts) {
        List<StreamEvent> events = new ArrayList<>();
        events.add(StreamEvent.of(
                chunk(facts, choice(Json.object("role", "assistant", "content", "", "refusal", null), null))));
        facts.chunks()
                .forEach(text ->
                        events.add(StreamEvent.ofText(chunk(facts, choice(Json.object("content", text), null)))));
        events.add(StreamEvent.of(chunk(facts, choice(new JsonObject(), "stop"))));
        if (facts.request().asksForUsage() && facts.usage() != null) {
            JsonObject last = chunk(facts, new JsonArray());
            last.add("usage", UsageJson.promptAndCompletion(facts.usage()));
            events.add(StreamEvent.of(last));
        }
        events.add(StreamEvent.done());
        return events;
    }

    private static JsonArray choice(JsonObject delta, @Nullable String finishReason) {
        return Json.array(Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finishReason));
    }

    private static JsonObject chunk(Facts facts, JsonArray choices) {
        JsonObject chunk = Json.object(
                "id",
                facts.id("chatcmpl-"),
                "object",
                "chat.completion.chunk",
                "created",
                Facts.CREATED,
                "model",
                facts.model(),
                "service_tier",
                "default",
                "choices",
                choices);
        if (facts.request().asksForUsage()) {
            chunk.add("usage", null);
        }
        return chunk;
    }
}
