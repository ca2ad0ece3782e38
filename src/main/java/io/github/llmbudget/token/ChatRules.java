package io.github.llmbudget.token;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts chat completions of OpenAI. Of 1,326 recorded prompts nearly all that are messages only come out exactly, and four of
 * five of those with functions.
 */
final class ChatRules implements TokenRules {

    /** The marks and the role of a system message that only holds declarations. */
    private static final int OWN_MESSAGE = 4;

    /** Functions at the end of a system message: a token less than the text that they are. */
    private static final int FUNCTIONS = -1;

    /** A schema at the end of a system message; its text is followed by something that nobody knows. */
    private static final int FORMAT = 4;

    private static final int FORMAT_BESIDE_FUNCTIONS = 1;

    /** A prompt that gpt-5 gets with functions and nobody sees; the models of the o-series get none. */
    private static final int HIDDEN_PROMPT_OF_GPT_5 = 82;

    /** What a model that answers at once is told of the function it must call, beside its name. */
    private static final int FORCED_FUNCTION = 7;

    @Override
    public TokenEstimate prompt(JsonObject body, CountedModel model, EarlierAnswers earlier) {
        JsonView request = new JsonView(body);
        Tally tally = new Tally(model);
        new Prompt(request, model, tally).count();
        return tally.toEstimate();
    }

    @Override
    public TokenEstimate answer(JsonObject body, List<AnswerChoice> choices, CountedModel model) {
        JsonView request = new JsonView(body);
        Tally tally = new Tally(model);
        AnswerTokens answers = AnswerTokens.ofChat(request, model, tally);
        choices.forEach(answers::add);
        return tally.toEstimate();
    }

    /** One prompt while it is being counted. */
    private static final class Prompt {

        private final JsonView request;
        private final CountedModel model;
        private final Tally tally;
        private final Transcript transcript;
        private final Declarations declarations;
        private final SystemSuffix suffix;

        Prompt(JsonView request, CountedModel model, Tally tally) {
            this.request = request;
            this.model = model;
            this.tally = tally;
            this.transcript = new Transcript(model, tally);
            this.declarations = new Declarations(request);
            this.suffix = new SystemSuffix(tally, model.isReasoning() ? "" : declarations.text(), frame());
        }

        void count() {
            transcript.answerOpening();
            if (model.isReasoning()) {
                declareApart();
            }
            request.at("messages").items().forEach(this::message);
            suffix.addAlone(OWN_MESSAGE);
            forcedFunction();
            doubt();
        }

        private void doubt() {
            if (model.name().contains("search")) {
                tally.doubt(EstimateReason.HIDDEN_PROMPT);
            }
            if (request.at("web_search_options").isPresent()) {
                tally.doubt(EstimateReason.HOSTED_TOOL);
            }
            if (request.at("tools").items().stream()
                    .anyMatch(tool -> !tool.at("function").isObject())) {
                tally.doubt(EstimateReason.UNKNOWN_CONTENT);
            }
        }

        private int frame() {
            if (!declarations.hasFormat()) {
                return FUNCTIONS;
            }
            return declarations.hasFunctions() ? FORMAT_BESIDE_FUNCTIONS : FORMAT;
        }

        private void declareApart() {
            declarations.addFunctionsApart(tally);
            tally.likely(declarations.hasFunctions() && model.isGptSince(5, 0) ? HIDDEN_PROMPT_OF_GPT_5 : 0);
            tally.rendered(declarations.formatText());
        }

        private void message(JsonView message) {
            String role = message.at("role").text();
            JsonView content = message.at("content");
            List<FunctionCall> calls = calls(message);
            if (role.equals("tool")) {
                transcript.resultOfCall(message.at("tool_call_id").text(), content);
            } else if (role.equals("function")) {
                transcript.result(message.at("name").text(), content);
            } else {
                String text =
                        ContentTokens.text(content) + message.at("refusal").text();
                if (calls.isEmpty() || !text.isEmpty()) {
                    transcript.frame(role, message.at("name").text());
                    suffix.addTo(role, text);
                }
                transcript.media(content);
                transcript.calls(calls);
                if (message.at("audio").isPresent()) {
                    tally.doubt(EstimateReason.AUDIO);
                }
            }
        }

        private List<FunctionCall> calls(JsonView message) {
            List<FunctionCall> calls = new ArrayList<>();
            for (JsonView call : message.at("tool_calls").items()) {
                if (call.at("function").isObject()) {
                    calls.add(call(call.at("function")));
                    transcript.called(
                            call.at("id").text(), call.at("function").at("name").text());
                } else {
                    tally.doubt(EstimateReason.UNKNOWN_CONTENT);
                }
            }
            if (message.at("function_call").isObject()) {
                calls.add(call(message.at("function_call")));
            }
            return calls;
        }

        private static FunctionCall call(JsonView function) {
            return new FunctionCall(
                    function.at("name").text(), function.at("arguments").text());
        }

        private void forcedFunction() {
            String forced = request.at("tool_choice").at("function").at("name").text();
            if (!forced.isEmpty() && !model.isReasoning()) {
                tally.likely(FORCED_FUNCTION + tally.count(forced));
            }
        }
    }
}
