package io.github.llmbudget.endpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of the legacy {@code /completions}. */
final class CompletionsShape implements ReplyShape {

    @Override
    public boolean fits(Reply.Content content) {
        return content instanceof Reply.Text;
    }

    @Override
    public JsonObject body(Facts facts) {
        JsonObject body = completion(facts, choice(facts.text(), "stop"));
        if (facts.usage() != null) {
            body.add("usage", UsageJson.promptAndCompletion(facts.usage()));
        }
        return body;
    }

    @Override
    public List<StreamEvent> events(Facts facts) {
        List<StreamEvent> events = new ArrayList<>();
        facts.chunks().forEach(text -> events.add(StreamEvent.ofText(streamed(facts, choice(text, null)))));
        events.add(StreamEvent.of(streamed(facts, choice("", "stop"))));
        if (facts.request().asksForUsage() && facts.usage() != null) {
            JsonObject last = completion(facts, new JsonArray());
            last.add("usage", UsageJson.promptAndCompletion(facts.usage()));
            events.add(StreamEvent.of(last));
        }
        events.add(StreamEvent.done());
        return events;
    }

    private static JsonArray choice(String text, @Nullable String finishReason) {
        return Json.array(Json.object("text", text, "index", 0, "logprobs", null, "finish_reason", finishReason));
    }

    private static JsonObject streamed(Facts facts, JsonArray choices) {
        JsonObject chunk = completion(facts, choices);
        if (facts.request().asksForUsage()) {
            chunk.add("usage", null);
        }
        return chunk;
    }

    private static JsonObject completion(Facts facts, JsonArray choices) {
        return Json.object(
                "id",
                facts.id("cmpl-"),
                "object",
                "text_completion",
                "created",
                Facts.CREATED,
                "model",
                facts.model(),
                "choices",
                choices);
    }
}
