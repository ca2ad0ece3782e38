package io.github.llmbudget.endpoint;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.ReplyContent.Choice;
import io.github.llmbudget.endpoint.ReplyContent.Message;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.wire.RequestBody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is made from.
 *
 * @param request the request's body
 * @param content what is answered
 * @param model the model that answers
 * @param number the number of the answer in its test, from 1
 * @param usage the usage to report, {@code null} for none
 * @param obfuscated whether the chunks of a stream are padded
 */
record ReplyFacts(
        RequestBody request,
        ReplyContent content,
        String model,
        int number,
        @Nullable TokenCounts usage,
        boolean obfuscated) {

    /** A moment in the past, the same in every run. */
    static final long CREATED = 1_767_225_600L;

    private static final TokenCounter TOKENS = new TokenCounter();
    private static final String PADDING = "mXw7QbLz0RkTn4Ys";
    private static final int MOST_CHOICES = 128;

    ReplyFacts with(@Nullable TokenCounts reported) {
        return new ReplyFacts(request, content, model, number, reported, obfuscated);
    }

    String id(String prefix) {
        return prefix + "mock-" + number;
    }

    Message message() {
        if (content instanceof Message message) {
            return message;
        }
        throw new IllegalStateException("No model says " + content.describe());
    }

    /** Returns the alternative answers, as many as the request asks for if the script has only one. */
    List<Choice> choices(int inputs) {
        List<Choice> choices = message().choices();
        long wanted = inputs * request.choices();
        return choices.size() == 1
                ? Collections.nCopies((int) Math.max(1, Math.min(wanted, MOST_CHOICES)), choices.get(0))
                : choices;
    }

    /** Returns a text in the pieces in which it is streamed. */
    List<String> pieces(Choice choice) {
        return choice.chunks() == null ? pieces(choice.text()) : choice.chunks();
    }

    /** Cuts a text at the borders of its tokens. */
    List<String> pieces(String text) {
        return text.isEmpty() ? List.of() : TOKENS.split(text, model);
    }

    static String finishReason(Message message, Choice choice) {
        if (message.finishReason() != null) {
            return message.finishReason();
        }
        return choice.toolCalls().isEmpty() ? "stop" : "tool_calls";
    }

    /** Names a call of a tool, for the result that refers to it. */
    String callId(int choice, int call) {
        return id("call_") + (choice == 0 ? "" : "-" + choice) + "-" + (call + 1);
    }

    /** Pads a chunk, so that its length does not tell what it says. */
    void pad(JsonMembers chunk, String generated) {
        JsonObject options =
                request.json().get("stream_options") instanceof JsonObject given ? given : new JsonObject();
        boolean refused = options.get("include_obfuscation") instanceof JsonPrimitive flag && !flag.getAsBoolean();
        if (obfuscated && !refused) {
            chunk.add("obfuscation", PADDING.substring(generated.length() % PADDING.length()));
        }
    }

    /** Takes in turn an element of each list, until there are none left. */
    static <T> List<T> interleaved(List<List<T>> lists) {
        List<T> all = new ArrayList<>();
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        for (int at = 0; at < longest; at++) {
            for (List<T> list : lists) {
                if (at < list.size()) {
                    all.add(list.get(at));
                }
            }
        }
        return all;
    }
}
