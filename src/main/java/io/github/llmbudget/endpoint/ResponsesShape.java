package io.github.llmbudget.endpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.llmbudget.endpoint.ReplyContent.Choice;
import io.github.llmbudget.endpoint.ReplyContent.Message;
import io.github.llmbudget.endpoint.ReplyContent.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of {@code /responses}. */
final class ResponsesShape implements ReplyShape {

    private static final String IN_PROGRESS = "in_progress";
    private static final String COMPLETED = "completed";
    private static final String INCOMPLETE = "incomplete";

    @Override
    public boolean fits(ReplyContent content) {
        return content instanceof Message;
    }

    @Override
    public boolean isStreamable() {
        return true;
    }

    @Override
    public JsonMembers body(ReplyFacts facts) {
        return response(
                facts, status(facts), items(facts).stream().map(Item::whole).toList());
    }

    @Override
    public List<StreamEvent> events(ReplyFacts facts) {
        Events events = new Events(facts);
        events.add("response.created", "response", response(facts, IN_PROGRESS, List.of()));
        events.add("response.in_progress", "response", response(facts, IN_PROGRESS, List.of()));
        List<Item> items = items(facts);
        for (int index = 0; index < items.size(); index++) {
            Item item = items.get(index);
            events.beginItem(index, item.id());
            events.add("response.output_item.added", "output_index", index, "item", item.begun());
            item.stream(events);
            events.add("response.output_item.done", "output_index", index, "item", item.whole());
        }
        String last = status(facts).equals(INCOMPLETE) ? "response.incomplete" : "response.completed";
        events.add(last, "response", body(facts));
        return events.list;
    }

    private static String status(ReplyFacts facts) {
        return incompleteReason(facts) == null ? COMPLETED : INCOMPLETE;
    }

    private static @Nullable String incompleteReason(ReplyFacts facts) {
        String reason = facts.message().finishReason();
        if ("length".equals(reason)) {
            return "max_output_tokens";
        }
        return "content_filter".equals(reason) ? reason : null;
    }

    private static List<Item> items(ReplyFacts facts) {
        List<Item> items = new ArrayList<>();
        Message message = facts.message();
        Choice answer = message.choices().get(0);
        if (message.reasoning() != null) {
            items.add(new Reasoning(facts, message.reasoning()));
        }
        if (!answer.text().isEmpty() || answer.toolCalls().isEmpty()) {
            items.add(new Text(facts, answer));
        }
        for (int number = 0; number < answer.toolCalls().size(); number++) {
            items.add(new Call(facts, answer.toolCalls().get(number), number));
        }
        return items;
    }

    private static JsonMembers response(ReplyFacts facts, String status, List<JsonMembers> output) {
        boolean isOver = !status.equals(IN_PROGRESS);
        String incomplete = isOver ? incompleteReason(facts) : null;
        JsonObject request = facts.request().json();
        return Json.object(
                "id",
                facts.id("resp_"),
                "object",
                "response",
                "created_at",
                ReplyFacts.CREATED,
                "status",
                status,
                "background",
                asked(request, "background", false),
                "error",
                null,
                "incomplete_details",
                incomplete == null ? null : Json.object("reason", incomplete),
                "instructions",
                request.get("instructions"),
                "max_output_tokens",
                request.get("max_output_tokens"),
                "max_tool_calls",
                request.get("max_tool_calls"),
                "metadata",
                asked(request, "metadata", Json.object()),
                "model",
                facts.model(),
                "output",
                output,
                "parallel_tool_calls",
                asked(request, "parallel_tool_calls", true),
                "previous_response_id",
                request.get("previous_response_id"),
                "prompt_cache_key",
                request.get("prompt_cache_key"),
                "reasoning",
                asked(request, "reasoning", Json.object("effort", null, "summary", null)),
                "safety_identifier",
                request.get("safety_identifier"),
                "store",
                asked(request, "store", true),
                "temperature",
                asked(request, "temperature", 1),
                "text",
                asked(request, "text", Json.object("format", Json.object("type", "text"))),
                "tool_choice",
                asked(request, "tool_choice", "auto"),
                "tools",
                asked(request, "tools", List.of()),
                "top_logprobs",
                asked(request, "top_logprobs", 0),
                "top_p",
                asked(request, "top_p", 1),
                "truncation",
                asked(request, "truncation", "disabled"),
                "user",
                request.get("user"),
                "service_tier",
                isOver ? "default" : "auto",
                "usage",
                isOver && facts.usage() != null ? UsageJson.inputAndOutput(facts.usage()) : null);
    }

    /** The service repeats what it was asked for. */
    private static Object asked(JsonObject request, String member, Object otherwise) {
        JsonElement asked = request.get(member);
        return asked == null || asked.isJsonNull() ? otherwise : asked;
    }

    /** One item of the output. */
    private interface Item {

        String id();

        /** Returns the item before any of it has come. */
        JsonMembers begun();

        /** Adds the events in which it comes. */
        void stream(Events events);

        JsonMembers whole();
    }

    /** What the model says, or that it will not. */
    private record Text(ReplyFacts facts, Choice answer) implements Item {

        @Override
        public String id() {
            return facts.id("msg_");
        }

        @Override
        public JsonMembers begun() {
            return item(IN_PROGRESS, List.of());
        }

        @Override
        public void stream(Events events) {
            String kind = answer.isRefusal() ? "refusal" : "output_text";
            String member = answer.isRefusal() ? "refusal" : "text";
            events.addOfPart("response.content_part.added", "part", part(""));
            facts.pieces(answer)
                    .forEach(piece -> events.addDelta("response." + kind + ".delta", "content_index", piece));
            events.addOfPart("response." + kind + ".done", member, answer.text());
            events.addOfPart("response.content_part.done", "part", part(answer.text()));
        }

        @Override
        public JsonMembers whole() {
            return item(status(facts), List.of(part(answer.text())));
        }

        private JsonMembers item(String status, List<JsonMembers> content) {
            return Json.object(
                    "id", id(), "type", "message", "status", status, "role", "assistant", "content", content);
        }

        private JsonMembers part(String text) {
            return answer.isRefusal()
                    ? Json.object("type", "refusal", "refusal", text)
                    : Json.object("type", "output_text", "text", text, "annotations", List.of(), "logprobs", List.of());
        }
    }

    /** A call of a function. */
    private record Call(ReplyFacts facts, ToolCall call, int number) implements Item {

        @Override
        public String id() {
            return facts.id("fc_") + "-" + (number + 1);
        }

        @Override
        public JsonMembers begun() {
            return item(IN_PROGRESS, "");
        }

        @Override
        public void stream(Events events) {
            facts.pieces(call.arguments())
                    .forEach(piece -> events.addDelta("response.function_call_arguments.delta", null, piece));
            events.addOfItem("response.function_call_arguments.done", "arguments", call.arguments());
        }

        @Override
        public JsonMembers whole() {
            return item(COMPLETED, call.arguments());
        }

        private JsonMembers item(String status, String arguments) {
            return Json.object(
                    "id",
                    id(),
                    "type",
                    "function_call",
                    "status",
                    status,
                    "arguments",
                    arguments,
                    "call_id",
                    facts.callId(0, number),
                    "name",
                    call.name());
        }
    }

    /** What the model thought, in short. */
    private record Reasoning(ReplyFacts facts, String summary) implements Item {

        @Override
        public String id() {
            return facts.id("rs_");
        }

        @Override
        public JsonMembers begun() {
            return item(List.of());
        }

        @Override
        public void stream(Events events) {
            events.addOfSummary("response.reasoning_summary_part.added", "part", part(""));
            facts.pieces(summary)
                    .forEach(piece -> events.addDelta("response.reasoning_summary_text.delta", "summary_index", piece));
            events.addOfSummary("response.reasoning_summary_text.done", "text", summary);
            events.addOfSummary("response.reasoning_summary_part.done", "part", part(summary));
        }

        @Override
        public JsonMembers whole() {
            return item(List.of(part(summary)));
        }

        private JsonMembers item(List<JsonMembers> parts) {
            return Json.object("id", id(), "type", "reasoning", "summary", parts);
        }

        private static JsonMembers part(String text) {
            return Json.object("type", "summary_text", "text", text);
        }
    }

    /** Numbers the events as the service does. */
    private static final class Events {

        private final ReplyFacts facts;
        private final List<StreamEvent> list = new ArrayList<>();
        private int outputIndex;
        private String item = "";

        Events(ReplyFacts facts) {
            this.facts = facts;
        }

        void beginItem(int index, String id) {
            outputIndex = index;
            item = id;
        }

        void add(String type, @Nullable Object... keysAndValues) {
            list.add(new StreamEvent(type, Json.text(event(type, keysAndValues)), null));
        }

        void addOfItem(String type, String key, Object value) {
            add(type, "item_id", item, "output_index", outputIndex, key, value);
        }

        void addOfPart(String type, String key, Object value) {
            JsonMembers event =
                    event(type, "item_id", item, "output_index", outputIndex, "content_index", 0, key, value);
            if (type.equals("response.output_text.done")) {
                event.add("logprobs", List.of());
            }
            list.add(new StreamEvent(type, Json.text(event), null));
        }

        void addOfSummary(String type, String key, Object value) {
            add(type, "item_id", item, "output_index", outputIndex, "summary_index", 0, key, value);
        }

        void addDelta(String type, @Nullable String index, String piece) {
            JsonMembers event = event(type, "item_id", item, "output_index", outputIndex);
            if (index != null) {
                event.add(index, 0);
            }
            event.add("delta", piece);
            if (type.equals("response.output_text.delta")) {
                event.add("logprobs", List.of());
            }
            facts.pad(event, piece);
            list.add(new StreamEvent(type, Json.text(event), piece));
        }

        private JsonMembers event(String type, @Nullable Object... keysAndValues) {
            JsonMembers event = Json.object("type", type, "sequence_number", list.size());
            event.add(keysAndValues);
            return event;
        }
    }
}
