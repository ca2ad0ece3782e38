package io.github.llmbudget.token;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.llmbudget.call.TokenCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * What the answers of one test told so far. A later request may refer to them instead of repeating what they said. Safe for
 * use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class EarlierAnswers {

    private static final int LONGEST_KEY = 128;

    /** What a request puts around the conversation. Its input holds the images; what it takes is told by the tokens. */
    private static final List<String> AROUND = List.of(
            "instructions", "tools", "functions", "tool_choice", "parallel_tool_calls", "response_format", "text");

    private final NameIndex byId = new NameIndex();
    private final NameIndex byReasoning = new NameIndex();
    /** What was put around each answer; most requests of a test put the same. */
    private final List<JsonView> requests = new ArrayList<>();

    private final Map<JsonElement, JsonView> sameRequests = new HashMap<>();
    /** All tokens of each answer, times two, and one more if these are all. */
    private long[] totals = new long[8];

    private int[] reasoningTokens = new int[8];

    /** Creates a memory of nothing. */
    public EarlierAnswers() {}

    /**
     * Keeps an answer.
     *
     * @param id its id
     * @param request the body of the request it answers
     * @param tokens what it used
     * @param whole whether these are all tokens it used
     * @param reasoning what names its reasoning items: their ids, and their encrypted contents
     */
    public synchronized void remember(
            String id, JsonObject request, TokenCounts tokens, boolean whole, List<String> reasoning) {
        int number = byId.find(id).orElse(requests.size());
        if (number == requests.size()) {
            makeRoom();
            byId.put(id, number);
            requests.add(around(request));
        } else if (!request.isEmpty()) {
            // An answer that is fetched again may tell more, and its request tells nothing.
            requests.set(number, around(request));
        }
        totals[number] = 2 * tokens.total() + (whole ? 1 : 0);
        reasoningTokens[number] = (int) Math.min(tokens.reasoning(), Integer.MAX_VALUE);
        reasoning.forEach(name -> byReasoning.put(reasoningKey(name), number));
    }

    private void makeRoom() {
        if (requests.size() == totals.length) {
            int more = totals.length + (totals.length >> 1);
            totals = Arrays.copyOf(totals, more);
            reasoningTokens = Arrays.copyOf(reasoningTokens, more);
        }
    }

    private JsonView around(JsonObject request) {
        JsonObject kept = new JsonObject();
        AROUND.stream().filter(request::has).forEach(member -> kept.add(member, request.get(member)));
        return sameRequests.computeIfAbsent(kept, JsonView::new);
    }

    synchronized Optional<Earlier> answer(String id) {
        OptionalInt number = byId.find(id);
        return number.isEmpty() ? Optional.empty() : Optional.of(answer(number.getAsInt()));
    }

    /** Returns an answer by its number. */
    synchronized Earlier answer(int number) {
        return new Earlier(requests.get(number), totals[number] / 2, reasoningTokens[number], totals[number] % 2 == 1);
    }

    /** Finds the number of the answer that a reasoning item is from. */
    synchronized OptionalInt answerOfReasoning(String name) {
        return byReasoning.find(reasoningKey(name));
    }

    /** Encrypted contents are long, and differ from the beginning. */
    private static String reasoningKey(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_KEY));
    }

    /**
     * An earlier answer.
     *
     * @param request what the request it answers put around the conversation
     * @param tokens all that it used
     * @param reasoning the part of them that was reasoning
     * @param whole whether these are all tokens it used
     */
    record Earlier(JsonView request, long tokens, long reasoning, boolean whole) {}
}
