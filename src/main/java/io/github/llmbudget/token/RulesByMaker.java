package io.github.llmbudget.token;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.TokenEstimate;
import java.util.List;

/**
 * Counts an operation that models of OpenAI and of others answer: only what OpenAI's put around the texts is known.
 *
 * @param ofOpenAi the rules of OpenAI's models
 * @param ofOthers the rules of all others
 */
record RulesByMaker(TokenRules ofOpenAi, TokenRules ofOthers) implements TokenRules {

    @Override
    public TokenEstimate prompt(JsonObject request, CountedModel model, EarlierAnswers earlier) {
        return of(model).prompt(request, model, earlier);
    }

    @Override
    public TokenEstimate answer(JsonObject request, List<AnswerChoice> choices, CountedModel model) {
        return of(model).answer(request, choices, model);
    }

    private TokenRules of(CountedModel model) {
        return model.isForeign() ? ofOthers : ofOpenAi;
    }
}
