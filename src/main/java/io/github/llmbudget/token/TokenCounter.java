package io.github.llmbudget.token;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Counts the tokens of texts and prompts as a model would read them, without asking the service. Take it as a parameter
 * of a test method, or create one anywhere:
 *
 * <pre>{@code
 * @Test
 * void keepsThePromptShort(TokenCounter tokens) {
 *     assertThat(tokens.ofText(INSTRUCTIONS, "gpt-4o")).isLessThan(300);
 *     assertThat(tokens.ofPrompt(requestBody, "gpt-4o")).isLessThan(1_500);
 * }
 * }</pre>
 *
 * <p>Texts and plain chats of OpenAI's models come out as the service counts them; the guide tells how near the others
 * come. Models of others are counted in the vocabulary of OpenAI's newest, for theirs are not published.
 *
 * <p>The vocabulary of a model is loaded when the first text is counted, which takes a few tenths of a second.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class TokenCounter {

    private static final TokenRules PLAIN = TokenRules.texts(List.of("prompt", "input"));

    /** Creates a counter. */
    public TokenCounter() {}

    /**
     * Counts a text. Text that looks like a special token, such as {@code <|endoftext|>}, counts as text.
     *
     * @param text any text
     * @param model the model's name, such as {@code gpt-4o}
     * @return the number of tokens, 0 for an empty text
     */
    public long ofText(String text, String model) {
        return CountedModel.of(model, null).encoding().count(text);
    }

    /**
     * Takes a text apart at the borders of its tokens, as a model streams it. Tokens that end within a character stay
     * together.
     *
     * @param text any text
     * @param model the model's name
     * @return the pieces in order, none for an empty text; together they are the text
     */
    public List<String> split(String text, String model) {
        return CountedModel.of(model, null).encoding().split(text);
    }

    /**
     * Starts to count a text that comes in pieces.
     *
     * @param model the model's name
     * @return a counter that has seen nothing
     */
    public StreamTokenCounter ofStream(String model) {
        return CountedModel.of(model, null).newCounter();
    }

    /**
     * Counts the input tokens of a request.
     *
     * @param requestBody the body of a request as it would be sent: JSON with {@code messages} for a chat, {@code input}
     *     for a response or embeddings, or {@code prompt} for a completion
     * @param model the model's name; the one in the body is not looked at
     * @return the number of tokens
     * @throws IllegalArgumentException if the body is no JSON object or holds no prompt, or if it holds what cannot be
     *     counted; {@link #estimatePrompt} tells the least that such a prompt has
     */
    public long ofPrompt(String requestBody, String model) {
        TokenEstimate estimate = estimatePrompt(requestBody, model);
        if (estimate.isPartial()) {
            throw new IllegalArgumentException("This prompt cannot be counted: "
                    + estimate.reasons().stream()
                            .filter(EstimateReason::isUnknowable)
                            .map(EstimateReason::explanation)
                            .collect(Collectors.joining(", "))
                    + ". It has at least " + estimate.lowerBound()
                    + " tokens; estimatePrompt(...).lowerBound() returns that number.");
        }
        return estimate.value();
    }

    /**
     * Estimates the input tokens of a request, and tells how sure the number is.
     *
     * @param requestBody the body of a request, see {@link #ofPrompt}
     * @param model the model's name; the one in the body is not looked at
     * @return the estimate
     * @throws IllegalArgumentException if the body is no JSON object or holds no prompt
     */
    public TokenEstimate estimatePrompt(String requestBody, String model) {
        JsonObject request = parsed(requestBody);
        return rules(request, model).prompt(request, CountedModel.of(model, null), new EarlierAnswers());
    }

    private static JsonObject parsed(String requestBody) {
        try {
            JsonElement json = JsonParser.parseString(requestBody);
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(
                    "The body of a request must be JSON, and this is not: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "The body of a request must be a JSON object, such as {\"model\":...,\"messages\":[...]}");
    }

    private static TokenRules rules(JsonObject request, String model) {
        if (request.has("messages")) {
            return TokenRules.CHAT;
        }
        boolean completes = request.has("prompt") && !request.get("prompt").isJsonObject();
        if (completes || (request.has("input") && model.contains("embed"))) {
            return PLAIN;
        }
        if (request.has("input") || request.has("instructions")) {
            return TokenRules.RESPONSES;
        }
        throw new IllegalArgumentException("The body of a request needs messages, input or prompt; this one has "
                + (request.isEmpty() ? "no members" : String.join(", ", request.keySet())));
    }
}
