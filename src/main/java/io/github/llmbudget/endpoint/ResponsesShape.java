package io.github.llmbudget.endpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of {@code /responses}. */
final class ResponsesShape implements ReplyShape {

    @Override
    public boolean fits(Reply.Content content) {
        return content instanceof Reply.Text;
    }

    @Override
    public JsonObject body(Facts facts) {
        return response(facts, "completed", Json.array(message(facts, "completed", facts.text())));
    }

    @Override
    public List<StreamEvent> events(Facts facts) {
        Events events = new Events();
        String item = facts.id("msg_");
        events.add("response.created", "response", response(facts, "in_progress", new JsonArray()));
        events.add("response.in_progress", "response", response(facts, "in_progress", new JsonArray()));
        JsonObject begun = message(facts, "in_progress", null);
        events.add("response.output_item.added", "output_index", 0, "item", begun);
        events.add(
                "response.content_part.added",
                "item_id",
                item,
                "output_index",
                0,
                "content_index",
                0,
                "part",
                part(""));
        facts.chunks().forEach(text -> events.addText(item, text));
        events.add(
                "response.output_text.done",
                "item_id",
                item,
                "output_index",
                0,
                "content_index",
                0,
                "text",
                facts.text(),
                "logprobs",
                new JsonArray());
        events.add(
                "response.content_part.done",
                "item_id",
                item,
                "output_index",
                0,
                "content_index",
                0,
                "part",
                part(facts.text()));
        JsonObject done = message(facts, "completed", facts.text());
        events.add("response.output_item.done", "output_index", 0, "item", done);
        events.add("response.completed", "response", body(facts));
        return events.list;
    }

    private static JsonObject response(Facts facts, String status, JsonArray output) {
        boolean completed = status.equals("completed");
        return Json.object(
                "id",
                facts.id("resp_"),
                "object",
                "response",
                "created_at",
                Facts.CREATED,
                "status",
                status,
                "error",
                null,
                "incomplete_details",
                null,
                "instructions",
                null,
                "metadata",
                new JsonObject(),
                "model",
                facts.model(),
                "output",
                output,
                "parallel_tool_calls",
                true,
                "temperature",
                1,
                "tool_choice",
                "auto",
                "tools",
                new JsonArray(),
                "top_p",
                1,
                "service_tier",
                completed ? "default" : "auto",
                "usage",
                completed && facts.usage() != null ? UsageJson.inputAndOutput(facts.usage()) : null);
    }

    private static JsonObject message(Facts facts, String status, @Nullable String text) {
        return Json.object(
                "id",
                facts.id("msg_"),
                "type",
                "message",
                "status",
                status,
                "role",
                "assistant",
                "content",
                text == null ? new JsonArray() : Json.array(part(text)));
    }

    private static JsonObject part(String text) {
        return Json.object(
                "type", "output_text", "text", text, "annotations", new JsonArray(), "logprobs", new JsonArray());
    }

    /** Numbers the events as the service does. */
    private static final class Events {

        private final List<StreamEvent> list = new ArrayList<>();

        void add(String type, @Nullable Object... keysAndValues) {
            addEvent(type, false, keysAndValues);
        }

        void addText(String item, String text) {
            addEvent(
                    "response.output_text.delta",
                    true,
                    "item_id",
                    item,
                    "output_index",
                    0,
                    "content_index",
                    0,
                    "delta",
                    text,
                    "logprobs",
                    new JsonArray());
        }

        private void addEvent(String type, boolean text, @Nullable Object... keysAndValues) {
            JsonObject data = Json.object("type", type, "sequence_number", list.size());
            Json.object(keysAndValues).entrySet().forEach(entry -> data.add(entry.getKey(), entry.getValue()));
            list.add(new StreamEvent(type, Json.text(data), text));
        }
    }
}
