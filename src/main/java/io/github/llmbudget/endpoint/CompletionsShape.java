package io.github.llmbudget.endpoint;

import io.github.llmbudget.endpoint.ReplyContent.Choice;
import io.github.llmbudget.endpoint.ReplyContent.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of the legacy {@code /completions}. */
final class CompletionsShape implements ReplyShape {

    @Override
    public boolean fits(ReplyContent content) {
        return content instanceof Message message
                && message.choices().stream()
                        .allMatch(choice -> choice.toolCalls().isEmpty() && !choice.isRefusal());
    }

    @Override
    public boolean isStreamable() {
        return true;
    }

    @Override
    public JsonMembers body(ReplyFacts facts) {
        List<JsonMembers> choices = new ArrayList<>();
        for (Choice choice : choices(facts)) {
            choices.add(choice(choices.size(), choice.text(), ReplyFacts.finishReason(facts.message(), choice)));
        }
        JsonMembers body = completion(facts, choices);
        if (facts.usage() != null) {
            body.add("usage", UsageJson.promptAndCompletion(facts.usage()));
        }
        return body;
    }

    @Override
    public List<StreamEvent> events(ReplyFacts facts) {
        List<List<StreamEvent>> choices = new ArrayList<>();
        for (Choice choice : choices(facts)) {
            int index = choices.size();
            List<StreamEvent> events = new ArrayList<>();
            for (String piece : facts.pieces(choice)) {
                JsonMembers chunk = streamed(facts, choice(index, piece, null));
                facts.pad(chunk, piece);
                events.add(StreamEvent.of(chunk, piece));
            }
            events.add(StreamEvent.of(
                    streamed(facts, choice(index, "", ReplyFacts.finishReason(facts.message(), choice)))));
            choices.add(events);
        }
        List<StreamEvent> events = ReplyFacts.interleaved(choices);
        if (facts.request().asksForUsage() && facts.usage() != null) {
            JsonMembers last = completion(facts, List.of());
            last.add("usage", UsageJson.promptAndCompletion(facts.usage()));
            events.add(StreamEvent.of(last));
        }
        events.add(StreamEvent.done());
        return events;
    }

    private static List<Choice> choices(ReplyFacts facts) {
        return facts.choices(RequestInputs.count(facts.request().json().get("prompt")));
    }

    private static JsonMembers choice(int index, String text, @Nullable String finishReason) {
        return Json.object("text", text, "index", index, "logprobs", null, "finish_reason", finishReason);
    }

    private static JsonMembers streamed(ReplyFacts facts, JsonMembers choice) {
        JsonMembers chunk = completion(facts, List.of(choice));
        if (facts.request().asksForUsage()) {
            chunk.add("usage", null);
        }
        return chunk;
    }

    private static JsonMembers completion(ReplyFacts facts, List<JsonMembers> choices) {
        return Json.object(
                "id",
                facts.id("cmpl-"),
                "object",
                "text_completion",
                "created",
                ReplyFacts.CREATED,
                "model",
                facts.model(),
                "choices",
                choices);
    }
}
