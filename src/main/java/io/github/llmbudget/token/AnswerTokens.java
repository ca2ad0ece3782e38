package io.github.llmbudget.token;

import io.github.llmbudget.call.EstimateReason;
import java.util.List;

/**
 * Counts what models of OpenAI wrote, with what stands around it. All numbers were found by comparing recorded answers with
 * the tokens they were billed for.
 */
final class AnswerTokens {

    /** What stands around a text, a call, several calls, and a call that the request forced. */
    private record Frames(int text, int call, int severalCalls, int forcedCall) {}

    /** The end of a text is billed or not, as it happens. */
    private static final Frames OF_CHAT = new Frames(0, 6, 10, 0);

    /** The calls of 2023. */
    private static final Frames OF_CHAT_FUNCTIONS = new Frames(0, 3, 4, 0);

    private static final Frames OF_RESPONSES = new Frames(1, 7, 10, 1);

    private static final Frames OF_REASONING_CHAT = new Frames(9, 16, 16, 16);
    private static final Frames OF_LATE_REASONING_CHAT = new Frames(3, 10, 10, 10);
    private static final Frames OF_REASONING_RESPONSES = new Frames(4, 11, 11, 11);

    /** A model that may call functions and has seen a result marks that a text is for the user. */
    private static final int TEXT_AFTER_RESULT = 1;

    private final JsonView request;
    private final CountedModel model;
    private final Tally tally;
    private final Frames frames;
    private final int textFrame;

    private AnswerTokens(JsonView request, CountedModel model, Tally tally, Frames frames) {
        this.request = request;
        this.model = model;
        this.tally = tally;
        this.frames = frames;
        this.textFrame = frames.text + (hasResult() ? TEXT_AFTER_RESULT : 0);
        if (model.isReasoning() && !answersAtOnce(request)) {
            tally.doubt(EstimateReason.REASONING_HIDDEN);
        }
    }

    static AnswerTokens ofChat(JsonView request, CountedModel model, Tally tally) {
        Frames ofGpt = request.at("functions").isPresent() ? OF_CHAT_FUNCTIONS : OF_CHAT;
        Frames ofReasoning = model.isGptSince(5, 4) ? OF_LATE_REASONING_CHAT : OF_REASONING_CHAT;
        AnswerTokens answers = new AnswerTokens(request, model, tally, model.isReasoning() ? ofReasoning : ofGpt);
        answers.doubtOfChat();
        return answers;
    }

    static AnswerTokens ofResponse(JsonView request, CountedModel model, Tally tally) {
        return new AnswerTokens(request, model, tally, model.isReasoning() ? OF_REASONING_RESPONSES : OF_RESPONSES);
    }

    /** Doubts what is billed beside the text of a chat. */
    private void doubtOfChat() {
        if (request.at("modalities").items().stream().anyMatch(modality -> modality.is("audio"))) {
            tally.doubt(EstimateReason.AUDIO);
        }
        // What was predicted and not said is billed too.
        if (request.at("prediction").isPresent()) {
            tally.doubt(EstimateReason.UNKNOWN_CONTENT);
        }
    }

    private static boolean answersAtOnce(JsonView request) {
        return request.at("reasoning_effort").is("none")
                || request.at("reasoning").at("effort").is("none");
    }

    void add(AnswerChoice choice) {
        for (WrittenText text : choice.texts()) {
            tally.written(text);
            tally.likely(textFrame);
        }
        List<FunctionCall> calls = choice.calls();
        if (calls.size() > 1 && !model.isReasoning()) {
            tally.between(
                    calls.stream().mapToLong(this::least).sum(),
                    tally.count(FunctionCall.together(calls)) + frames.severalCalls);
            calls.forEach(call -> tally.certain(call.arguments().countedTokens()));
        } else {
            calls.forEach(this::call);
        }
    }

    private boolean hasResult() {
        return !model.isReasoning()
                && request.at("tools").isArray()
                && (request.at("messages").items().stream()
                                .anyMatch(message -> message.at("role").is("tool"))
                        || request.at("input").items().stream()
                                .anyMatch(item -> item.at("type").is("function_call_output")));
    }

    private long least(FunctionCall call) {
        return tally.count(call.compactArguments());
    }

    private void call(FunctionCall call) {
        if (isForced() && !model.isReasoning()) {
            tally.written(call.arguments());
            tally.likely(frames.forcedCall);
        } else {
            name(call.name());
            tally.written(call.arguments());
            tally.likely(frames.call);
        }
    }

    /** A name that is written in full may have a token in common with what stands before it. */
    private void name(String name) {
        long alone = tally.count(name);
        tally.between(alone, model.isReasoning() ? alone : tally.count(FunctionCall.qualified(name)));
    }

    private boolean isForced() {
        return request.at("tool_choice").isObject()
                || request.at("function_call").isObject();
    }
}
