package io.github.llmbudget.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a reply is made of. */
sealed interface ReplyContent {

    /** Tells in a few words what it is, for whoever reads a failure. */
    String describe();

    /**
     * What a model generates.
     *
     * @param choices the alternative answers, at least one
     * @param reasoning a summary of what the model thought, {@code null} for none
     * @param finishReason why it ended, {@code null} for what follows from the choices
     */
    record Message(
            List<Choice> choices,
            @Nullable String reasoning,
            @Nullable String finishReason) implements ReplyContent {

        static Message of(Choice... choices) {
            return new Message(List.of(choices), null, null);
        }

        Message withToolCall(ToolCall call) {
            List<Choice> changed = new ArrayList<>(choices);
            changed.set(0, choices.get(0).with(call));
            return new Message(List.copyOf(changed), reasoning, finishReason);
        }

        @Override
        public String describe() {
            return choices.size() == 1 ? choices.get(0).describe() : choices.size() + " choices";
        }
    }

    /** One vector for each input, given or made from it. */
    record Embedding(@Nullable List<Float> vector) implements ReplyContent {

        @Override
        public String describe() {
            return vector == null ? "embeddings" : "an embedding";
        }
    }

    /** A verdict on each input. */
    record Moderation(Set<String> flagged) implements ReplyContent {

        @Override
        public String describe() {
            return "a moderation";
        }
    }

    /** The models there are. */
    record Models(List<String> names) implements ReplyContent {

        @Override
        public String describe() {
            return "a list of models";
        }
    }

    /** An error of the service; its message and code are those of the real service where none is given. */
    record Failure(
            int status, @Nullable String code, @Nullable String message) implements ReplyContent {

        @Override
        public String describe() {
            return "error " + status;
        }
    }

    /** The connection ends before anything is answered. */
    record NoAnswer(boolean reset) implements ReplyContent {

        @Override
        public String describe() {
            return reset ? "a connection reset" : "a dropped connection";
        }
    }

    /** A reply that depends on the request. */
    record Computed(Function<LlmRequest, Reply> reply) implements ReplyContent {

        @Override
        public String describe() {
            return "a computed reply";
        }
    }

    /**
     * One of the alternative answers.
     *
     * @param text what the model says
     * @param chunks the pieces in which the text is streamed, {@code null} to cut it at the borders of its tokens
     * @param isRefusal whether the text says that the model will not answer
     * @param toolCalls the tools that the model wants to be called
     */
    record Choice(String text, @Nullable List<String> chunks, boolean isRefusal, List<ToolCall> toolCalls) {

        private static final int SHOWN = 40;

        static Choice of(String text) {
            Objects.requireNonNull(text, "text");
            return new Choice(text, null, false, List.of());
        }

        Choice with(ToolCall call) {
            List<ToolCall> calls = new ArrayList<>(toolCalls);
            calls.add(call);
            return new Choice(text, chunks, isRefusal, List.copyOf(calls));
        }

        /** Returns what the model says, {@code null} if it says nothing and only calls tools. */
        @Nullable
        String content() {
            return isRefusal || (text.isEmpty() && !toolCalls.isEmpty()) ? null : text;
        }

        @Nullable
        String refusal() {
            return isRefusal ? text : null;
        }

        String describe() {
            if (!toolCalls.isEmpty()) {
                return "a call of "
                        + String.join(
                                ", ", toolCalls.stream().map(ToolCall::name).toList());
            }
            String line = text.lines().findFirst().orElse("");
            boolean isCut = line.length() > SHOWN || line.length() < text.length();
            String shown = isCut ? line.substring(0, Math.min(SHOWN, line.length())) + "..." : line;
            return (isRefusal ? "refusal \"" : "text \"") + shown + "\"";
        }
    }

    /** A call of a function; its arguments are JSON. */
    record ToolCall(String name, String arguments) {}
}
