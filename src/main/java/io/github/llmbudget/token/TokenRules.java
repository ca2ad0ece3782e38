package io.github.llmbudget.token;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.TokenEstimate;
import java.util.List;
import org.apiguardian.api.API;

/**
 * How the tokens of one operation are counted where the service reports none.
 *
 * <p>Implementations are safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface TokenRules {

    /** The rules of chat completions. */
    TokenRules CHAT = new RulesByMaker(
            new ChatRules(), new TextRules(List.of("messages", "tools", "functions", "response_format")));

    /** The rules of responses. */
    TokenRules RESPONSES =
            new RulesByMaker(new ResponsesRules(), new TextRules(List.of("instructions", "input", "tools")));

    /** The rules of compactions of responses. */
    TokenRules COMPACTION = new CompactionRules();

    /**
     * Returns the rules of an operation that puts nothing around the texts, or nothing that is known.
     *
     * @param members the members of a request whose texts are its prompt
     * @return the rules
     */
    static TokenRules texts(List<String> members) {
        return new TextRules(members);
    }

    /**
     * Counts the input.
     *
     * @param request the body of the request
     * @param model the model that answers it
     * @param earlier what the request may refer to
     * @return the estimate
     */
    TokenEstimate prompt(JsonObject request, CountedModel model, EarlierAnswers earlier);

    /**
     * Counts the output.
     *
     * @param request the body of the request
     * @param choices the alternative answers
     * @param model the model that answered
     * @return the estimate
     */
    TokenEstimate answer(JsonObject request, List<AnswerChoice> choices, CountedModel model);
}
