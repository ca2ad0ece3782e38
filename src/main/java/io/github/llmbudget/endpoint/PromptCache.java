package io.github.llmbudget.endpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.token.TokenCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service remembers of the prompts it has seen. It reads from its cache what a prompt has in common with an earlier
 * one from the beginning on: tools, format, instructions, then the conversation. Safe for use by many threads.
 */
final class PromptCache {

    private static final int LEAST = 1024;
    private static final int STEP = 128;

    /** What opens the answer stands behind the prompt, and is counted with it. */
    private static final int ANSWER_OPENING = 3;

    /** What stands before the conversation, and must be the same as a whole. */
    private static final List<String> DECLARATIONS = List.of("tools", "functions", "response_format", "text");

    private static final List<String> CONVERSATIONS = List.of("messages", "input");
    private static final String INSTRUCTIONS = "instructions";
    private static final String CONTENT = "content";
    private static final String TEXT = "text";

    private final TokenCounter tokens = new TokenCounter();
    private final Map<String, List<JsonObject>> seen = new HashMap<>();

    /**
     * Notes a prompt.
     *
     * @param request the body of a request
     * @param model the model that it names
     * @return the longest beginning that it shares with an earlier one, empty if there is none
     */
    Optional<JsonObject> note(JsonObject request, String model) {
        List<JsonObject> earlier;
        synchronized (seen) {
            List<JsonObject> ofModel = seen.computeIfAbsent(model, name -> new ArrayList<>());
            earlier = List.copyOf(ofModel);
            ofModel.add(request);
        }
        return earlier.stream()
                .flatMap(other -> beginning(request, other).stream())
                .max(Comparator.comparingInt(beginning -> beginning.toString().length()));
    }

    /**
     * Tells how many tokens of a prompt come from the cache.
     *
     * @param beginning what it shares with an earlier one
     * @param model the model that counts
     * @param input how many tokens it has
     */
    long cached(JsonObject beginning, String model, long input) {
        long common = tokens.estimatePrompt(beginning.toString(), model).value() - ANSWER_OPENING;
        long inCommon = Math.min(common, input);
        return inCommon < LEAST ? 0 : inCommon - inCommon % STEP;
    }

    /** Returns the request that is the common beginning of two. */
    private static Optional<JsonObject> beginning(JsonObject request, JsonObject other) {
        JsonObject beginning = new JsonObject();
        for (String member : DECLARATIONS) {
            if (!isSame(request.get(member), other.get(member))) {
                return Optional.empty();
            }
            addPresent(beginning, member, request.get(member));
        }
        if (!isSame(request.get(INSTRUCTIONS), other.get(INSTRUCTIONS))) {
            addPresent(beginning, INSTRUCTIONS, text(request.get(INSTRUCTIONS), other.get(INSTRUCTIONS)));
            return hasPrompt(beginning) ? Optional.of(beginning) : Optional.empty();
        }
        addPresent(beginning, INSTRUCTIONS, request.get(INSTRUCTIONS));
        for (String member : CONVERSATIONS) {
            addPresent(beginning, member, conversation(request.get(member), other.get(member)));
        }
        return hasPrompt(beginning) ? Optional.of(beginning) : Optional.empty();
    }

    private static boolean hasPrompt(JsonObject request) {
        return request.has(INSTRUCTIONS) || CONVERSATIONS.stream().anyMatch(request::has);
    }

    private static @Nullable JsonElement conversation(@Nullable JsonElement mine, @Nullable JsonElement other) {
        if (!(mine instanceof JsonArray messages) || !(other instanceof JsonArray others)) {
            return text(mine, other);
        }
        JsonArray common = sameElements(messages, others);
        int same = common.size();
        if (same < Math.min(messages.size(), others.size())) {
            JsonElement part = message(messages.get(same), others.get(same));
            if (part != null) {
                common.add(part);
            }
        }
        return common;
    }

    private static @Nullable JsonElement message(JsonElement mine, JsonElement other) {
        if (!(mine instanceof JsonObject message)
                || !(other instanceof JsonObject otherMessage)
                || !isSame(message.get("role"), otherMessage.get("role"))) {
            return null;
        }
        JsonElement content = text(message.get(CONTENT), otherMessage.get(CONTENT));
        if (content == null) {
            return null;
        }
        JsonObject beginning = new JsonObject();
        addPresent(beginning, "role", message.get("role"));
        beginning.add(CONTENT, content);
        return beginning;
    }

    /** Returns the common beginning of two texts, or of two lists of parts; {@code null} if there is none. */
    private static @Nullable JsonElement text(@Nullable JsonElement mine, @Nullable JsonElement other) {
        if (mine instanceof JsonArray parts && other instanceof JsonArray others) {
            return parts(parts, others);
        }
        if (!(mine instanceof JsonPrimitive one) || !(other instanceof JsonPrimitive two)) {
            return null;
        }
        String text = one.getAsString();
        String otherText = two.getAsString();
        int end = 0;
        while (end < Math.min(text.length(), otherText.length()) && text.charAt(end) == otherText.charAt(end)) {
            end++;
        }
        return end == 0 ? null : new JsonPrimitive(text.substring(0, end));
    }

    private static @Nullable JsonElement parts(JsonArray parts, JsonArray others) {
        JsonArray common = sameElements(parts, others);
        int same = common.size();
        if (same < Math.min(parts.size(), others.size())
                && parts.get(same) instanceof JsonObject part
                && others.get(same) instanceof JsonObject otherPart
                && text(part.get(TEXT), otherPart.get(TEXT)) instanceof JsonPrimitive text) {
            JsonObject beginning = new JsonObject();
            addPresent(beginning, "type", part.get("type"));
            beginning.add(TEXT, text);
            common.add(beginning);
        }
        return common.isEmpty() ? null : common;
    }

    /** Returns the elements with which both lists begin. */
    private static JsonArray sameElements(JsonArray mine, JsonArray others) {
        JsonArray same = new JsonArray();
        while (same.size() < Math.min(mine.size(), others.size())
                && mine.get(same.size()).equals(others.get(same.size()))) {
            same.add(mine.get(same.size()));
        }
        return same;
    }

    private static boolean isSame(@Nullable JsonElement one, @Nullable JsonElement other) {
        return one == null ? other == null : one.equals(other);
    }

    private static void addPresent(JsonObject object, String member, @Nullable JsonElement value) {
        if (value != null) {
            object.add(member, value);
        }
    }
}
