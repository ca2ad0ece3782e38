package io.github.llmbudget.token;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.TokenCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Map<String, Earlier> byId = new ConcurrentHashMap<>();
    private final Map<String, String> answerOfReasoning = new ConcurrentHashMap<>();

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
    public void remember(String id, JsonObject request, TokenCounts tokens, boolean whole, List<String> reasoning) {
        Earlier now = new Earlier(new JsonView(withoutInput(request)), tokens, whole);
        // An answer that is fetched again may tell more, and its request tells nothing.
        byId.merge(id, now, (before, again) -> request.isEmpty() ? new Earlier(before.request, tokens, whole) : again);
        reasoning.forEach(name -> answerOfReasoning.put(reasoningKey(name), id));
    }

    /** The input holds the images; what it takes is told by the tokens of the answer. */
    private static JsonObject withoutInput(JsonObject request) {
        JsonObject kept = new JsonObject();
        request.entrySet().stream()
                .filter(member -> !member.getKey().equals("input"))
                .forEach(member -> kept.add(member.getKey(), member.getValue()));
        return kept;
    }

    Optional<Earlier> answer(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Finds the answer that a reasoning item is from. */
    Optional<String> answerOfReasoning(String name) {
        return Optional.ofNullable(answerOfReasoning.get(reasoningKey(name)));
    }

    /** Encrypted contents are long, and differ from the beginning. */
    private static String reasoningKey(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_KEY));
    }

    /**
     * An earlier answer.
     *
     * @param request the request it answers, without its input
     * @param tokens what it used
     * @param whole whether these are all tokens it used
     */
    record Earlier(JsonView request, TokenCounts tokens, boolean whole) {}
}
