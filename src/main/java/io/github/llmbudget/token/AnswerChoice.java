package io.github.llmbudget.token;

import java.util.List;
import org.apiguardian.api.API;

/**
 * One of several alternative answers, as far as it came.
 *
 * @param texts the texts it says, one a message
 * @param calls the functions it asks for
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record AnswerChoice(List<WrittenText> texts, List<FunctionCall> calls) {

    /**
     * Copies the lists.
     *
     * @param texts the texts it says, one a message
     * @param calls the functions it asks for
     */
    public AnswerChoice {
        texts = List.copyOf(texts);
        calls = List.copyOf(calls);
    }
}
