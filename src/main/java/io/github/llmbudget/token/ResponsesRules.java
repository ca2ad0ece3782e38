package io.github.llmbudget.token;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Counts responses of OpenAI. Of 248 recorded prompts without results of functions nearly all come out exactly; of 66 with
 * results few do, and most by a token or two.
 */
final class ResponsesRules implements TokenRules {

    /** Tools that the caller runs; all others the service runs. */
    private static final String FUNCTION = "function";

    /** Functions without a system message have no message of their own. */
    private static final int OWN_MESSAGE = 0;

    /** Functions take three tokens less than the text that they are, in a system message or alone. */
    private static final int FUNCTIONS = -3;

    private static final int FORMAT = 1;

    /** What a model that answers at once is told if it must call the only function, or one that is named. */
    private static final int ONE_REQUIRED_FUNCTION = 9;

    private static final int FORCED_FUNCTION = 10;

    /** What a result takes beyond one in a chat. */
    private static final int RESULT = 1;

    /** What gpt-5 is told if it must not call several functions at once. */
    private static final int ONE_CALL_AT_A_TIME = 78;

    @Override
    public TokenEstimate prompt(JsonObject body, CountedModel model, EarlierAnswers earlier) {
        Tally tally = new Tally(model);
        new Prompt(new JsonView(body), model, tally, earlier).count();
        return tally.toEstimate();
    }

    /** The items of a response are one answer, not alternatives. */
    @Override
    public TokenEstimate answer(JsonObject body, List<AnswerChoice> items, CountedModel model) {
        JsonView request = new JsonView(body);
        Tally tally = new Tally(model);
        List<WrittenText> texts = new ArrayList<>();
        List<FunctionCall> calls = new ArrayList<>();
        for (AnswerChoice item : items) {
            if (item.calls().isEmpty()) {
                texts.addAll(item.texts());
            } else {
                item.calls().forEach(call -> calls.add(call.withArguments(item.texts())));
            }
        }
        AnswerTokens.ofResponse(request, model, tally).add(new AnswerChoice(texts, calls));
        if (hasHostedTools(request)) {
            tally.doubt(EstimateReason.HOSTED_TOOL);
        }
        return tally.toEstimate();
    }

    private static boolean hasHostedTools(JsonView request) {
        return request.at("tools").items().stream()
                .anyMatch(tool -> !tool.at("type").is(FUNCTION));
    }

    /** One prompt while it is being counted. */
    private static final class Prompt {

        private final JsonView request;
        private final CountedModel model;
        private final Tally tally;
        private final EarlierAnswers earlier;
        private final Transcript transcript;
        private final Declarations declarations;
        private final SystemSuffix suffix;

        Prompt(JsonView request, CountedModel model, Tally tally, EarlierAnswers earlier) {
            this.request = request;
            this.model = model;
            this.tally = tally;
            this.earlier = earlier;
            this.transcript = new Transcript(model, tally);
            this.declarations = new Declarations(request);
            this.suffix = new SystemSuffix(tally, model.isReasoning() ? "" : declarations.functionsText(), FUNCTIONS);
        }

        void count() {
            transcript.answerOpening();
            frame();
            items();
            declareAtLast();
            history();
            if (hasHostedTools(request)) {
                tally.doubt(EstimateReason.HOSTED_TOOL);
            }
        }

        /** What stands around the conversation itself: instructions, functions, and the schema of the answer. */
        private void frame() {
            if (model.isReasoning() && declarations.hasFunctions()) {
                declarations.addFunctionsApart(tally);
                boolean oneAtATime = request.at("parallel_tool_calls").isFalse() && model.isGptSince(5, 0);
                tally.likely(oneAtATime ? ONE_CALL_AT_A_TIME : 0);
            }
            if (declarations.hasFormat()) {
                tally.rendered(declarations.formatText());
                tally.likely(model.isReasoning() ? 0 : FORMAT);
            }
            if (request.at("instructions").isPresent()) {
                message("system", request.at("instructions"));
            }
        }

        private void items() {
            JsonView input = request.at("input");
            if (input.isString()) {
                message("user", input);
            } else {
                input.items().forEach(this::item);
            }
        }

        private void declareAtLast() {
            suffix.addAlone(OWN_MESSAGE);
            choice();
        }

        private void item(JsonView item) {
            switch (item.at("type").text()) {
                case "", "message" -> message(item.at("role").text(), item.at("content"));
                case "function_call" -> {
                    String name = item.at("name").text();
                    transcript.called(item.at("call_id").text(), name);
                    transcript.calls(
                            List.of(new FunctionCall(name, item.at("arguments").text())));
                }
                case "function_call_output" -> {
                    transcript.resultOfCall(item.at("call_id").text(), item.at("output"));
                    tally.likely(model.isReasoning() ? 0 : RESULT);
                }
                case "reasoning" -> {
                    // Counted together, for an answer may have several.
                }
                case "item_reference", "compaction" -> tally.doubt(EstimateReason.SERVER_SIDE_HISTORY);
                default -> tally.doubt(EstimateReason.UNKNOWN_CONTENT);
            }
        }

        private void message(String role, JsonView content) {
            transcript.frame(role, "");
            suffix.addTo(role, ContentTokens.text(content));
            transcript.media(content);
        }

        private void choice() {
            JsonView choice = request.at("tool_choice");
            if (model.isReasoning() || !declarations.hasFunctions()) {
                return;
            }
            if (choice.at("type").is(FUNCTION)) {
                tally.likely(FORCED_FUNCTION);
            } else if (choice.is("required") && declarations.functionCount() == 1) {
                tally.likely(ONE_REQUIRED_FUNCTION);
            }
        }

        /** What the request refers to instead of repeating it. */
        private void history() {
            replayedReasoning();
            if (request.at("conversation").isPresent() || request.at("prompt").isPresent()) {
                tally.doubt(EstimateReason.SERVER_SIDE_HISTORY);
            }
            String previous = request.at("previous_response_id").text();
            if (!previous.isEmpty()) {
                earlier.answer(previous)
                        .ifPresentOrElse(this::continued, () -> tally.doubt(EstimateReason.SERVER_SIDE_HISTORY));
            }
        }

        /**
         * The conversation so far is what the earlier call read and wrote, but for what its request put around it: that
         * holds for one call only.
         */
        private void continued(EarlierAnswers.Earlier before) {
            Tally around = new Tally(model);
            Prompt earlierPrompt = new Prompt(before.request(), model, around, earlier);
            earlierPrompt.frame();
            earlierPrompt.declareAtLast();
            long hidden = asksAnew() ? before.reasoning() : 0;
            tally.likely(
                    Math.max(0, before.tokens() - hidden - around.toEstimate().value()));
            if (!before.whole()) {
                tally.doubt(EstimateReason.SERVER_SIDE_HISTORY);
            }
        }

        /** Reasoning is kept while the model works on one question, and dropped with the next. */
        private boolean asksAnew() {
            return request.at("input").isString()
                    || request.at("input").items().stream().anyMatch(Prompt::isQuestion);
        }

        private static boolean isQuestion(JsonView item) {
            return item.at("role").is("user");
        }

        private void replayedReasoning() {
            Set<Integer> answers = new LinkedHashSet<>();
            boolean unseen = false;
            for (JsonView item : request.at("input").items()) {
                if (isQuestion(item)) {
                    answers.clear();
                    unseen = false;
                } else if (item.at("type").is("reasoning")) {
                    OptionalInt byId = earlier.answerOfReasoning(item.at("id").text());
                    OptionalInt answer = byId.isPresent()
                            ? byId
                            : earlier.answerOfReasoning(
                                    item.at("encrypted_content").text());
                    answer.ifPresent(answers::add);
                    unseen |= answer.isEmpty();
                }
            }
            answers.forEach(number -> tally.likely(earlier.answer(number).reasoning()));
            if (unseen) {
                tally.doubt(EstimateReason.REPLAYED_REASONING);
            }
        }
    }
}
