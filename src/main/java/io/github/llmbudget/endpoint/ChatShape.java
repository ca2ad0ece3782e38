package io.github.llmbudget.endpoint;

import io.github.llmbudget.endpoint.ReplyContent.Choice;
import io.github.llmbudget.endpoint.ReplyContent.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of {@code /chat/completions}. */
final class ChatShape implements ReplyShape {

    private static final String FINGERPRINT = "fp_mock";

    @Override
    public boolean fits(ReplyContent content) {
        return content instanceof ReplyContent.Message;
    }

    @Override
    public boolean isStreamable() {
        return true;
    }

    @Override
    public JsonMembers body(ReplyFacts facts) {
        List<JsonMembers> choices = new ArrayList<>();
        for (Choice choice : facts.choices(1)) {
            int index = choices.size();
            choices.add(Json.object(
                    "index",
                    index,
                    "message",
                    message(facts, index, choice),
                    "logprobs",
                    null,
                    "finish_reason",
                    ReplyFacts.finishReason(facts.message(), choice)));
        }
        JsonMembers body = Json.object(
                "id",
                facts.id("chatcmpl-"),
                "object",
                "chat.completion",
                "created",
                ReplyFacts.CREATED,
                "model",
                facts.model(),
                "choices",
                choices);
        if (facts.usage() != null) {
            body.add("usage", UsageJson.promptAndCompletion(facts.usage()));
        }
        body.add("service_tier", "default");
        body.add("system_fingerprint", FINGERPRINT);
        return body;
    }

    private static JsonMembers message(ReplyFacts facts, int index, Choice choice) {
        JsonMembers message = Json.object("role", "assistant", "content", choice.content());
        if (!choice.toolCalls().isEmpty()) {
            List<JsonMembers> calls = new ArrayList<>();
            for (ToolCall call : choice.toolCalls()) {
                calls.add(Json.object(
                        "id",
                        facts.callId(index, calls.size()),
                        "type",
                        "function",
                        "function",
                        Json.object("name", call.name(), "arguments", call.arguments())));
            }
            message.add("tool_calls", calls);
        }
        message.add("refusal", choice.refusal());
        message.add("annotations", List.of());
        return message;
    }

    @Override
    public List<StreamEvent> events(ReplyFacts facts) {
        List<List<StreamEvent>> choices = new ArrayList<>();
        for (Choice choice : facts.choices(1)) {
            choices.add(new StreamedChoice(facts, choices.size(), choice).events());
        }
        List<StreamEvent> events = ReplyFacts.interleaved(choices);
        if (facts.request().asksForUsage() && facts.usage() != null) {
            JsonMembers last = chunk(facts, List.of());
            last.add("usage", UsageJson.promptAndCompletion(facts.usage()));
            events.add(StreamEvent.of(last));
        }
        events.add(StreamEvent.done());
        return events;
    }

    private static JsonMembers chunk(ReplyFacts facts, List<JsonMembers> choices) {
        return Json.object(
                "id",
                facts.id("chatcmpl-"),
                "object",
                "chat.completion.chunk",
                "created",
                ReplyFacts.CREATED,
                "model",
                facts.model(),
                "service_tier",
                "default",
                "system_fingerprint",
                FINGERPRINT,
                "choices",
                choices);
    }

    /** The events of one of the alternative answers. */
    private static final class StreamedChoice {

        private final ReplyFacts facts;
        private final int index;
        private final Choice choice;
        private final List<StreamEvent> events = new ArrayList<>();

        StreamedChoice(ReplyFacts facts, int index, Choice choice) {
            this.facts = facts;
            this.index = index;
            this.choice = choice;
        }

        List<StreamEvent> events() {
            begin();
            String member = choice.isRefusal() ? "refusal" : "content";
            facts.pieces(choice).forEach(piece -> add(Json.object(member, piece), piece));
            for (int call = 0; call < choice.toolCalls().size(); call++) {
                ToolCall tool = choice.toolCalls().get(call);
                if (call > 0 || saysSomething()) {
                    add(Json.object("tool_calls", List.of(declaration(call))), tool.name());
                }
                for (String piece : facts.pieces(tool.arguments())) {
                    JsonMembers function = Json.object("arguments", piece);
                    JsonMembers delta = Json.object("index", call, "function", function);
                    add(Json.object("tool_calls", List.of(delta)), piece);
                }
            }
            events.add(StreamEvent.of(chunk(Json.object(), ReplyFacts.finishReason(facts.message(), choice))));
            return events;
        }

        /** The service puts the first call of a model that says nothing beside its role. */
        private void begin() {
            boolean callsAtOnce = !choice.toolCalls().isEmpty() && !saysSomething();
            JsonMembers delta = Json.object("role", "assistant", "content", callsAtOnce ? null : "");
            if (callsAtOnce) {
                delta.add("tool_calls", List.of(declaration(0)));
            }
            delta.add("refusal", null);
            events.add(StreamEvent.of(chunk(delta, null)));
        }

        private boolean saysSomething() {
            return !choice.text().isEmpty();
        }

        private JsonMembers declaration(int call) {
            JsonMembers function =
                    Json.object("name", choice.toolCalls().get(call).name(), "arguments", "");
            return Json.object(
                    "index", call, "id", facts.callId(index, call), "type", "function", "function", function);
        }

        private void add(JsonMembers delta, String generated) {
            JsonMembers chunk = chunk(delta, null);
            facts.pad(chunk, generated);
            events.add(StreamEvent.of(chunk, generated));
        }

        private JsonMembers chunk(JsonMembers delta, @Nullable String finishReason) {
            JsonMembers chunk = ChatShape.chunk(
                    facts,
                    List.of(Json.object(
                            "index", index, "delta", delta, "logprobs", null, "finish_reason", finishReason)));
            if (facts.request().asksForUsage()) {
                chunk.add("usage", null);
            }
            return chunk;
        }
    }
}
