package io.github.llmbudget.token;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.List;

/** Counts compactions of a conversation: the service tells the model how to sum it up, and encrypts what it wrote. */
final class CompactionRules implements TokenRules {

    @Override
    public TokenEstimate prompt(JsonObject request, CountedModel model, EarlierAnswers earlier) {
        Tally tally = new Tally(model);
        tally.add(RESPONSES.prompt(request, model, earlier));
        tally.doubt(EstimateReason.HIDDEN_PROMPT);
        return tally.toEstimate();
    }

    @Override
    public TokenEstimate answer(JsonObject request, List<AnswerChoice> choices, CountedModel model) {
        Tally tally = new Tally(model);
        tally.doubt(EstimateReason.UNKNOWN_CONTENT);
        return tally.toEstimate();
    }
}
