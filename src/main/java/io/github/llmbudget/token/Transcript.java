package io.github.llmbudget.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the messages of a conversation with what stands around each of them. All numbers were found by comparing recorded
 * requests with the tokens they were billed for.
 */
final class Transcript {

    /** What begins the answer that is to come. */
    private static final int ANSWER_OPENING = 3;

    private static final int ANSWER_OPENING_OF_REASONING = 2;

    /** The marks of a message: its beginning, the end of its head, and its end. */
    private static final int MESSAGE_FRAME = 3;

    private static final int NAME_FRAME = 1;

    /** The models from gpt-5 on mark an earlier answer as their final words. */
    private static final int FINAL_WORDS = 2;

    /** A model that reasons is told that arguments are JSON. */
    private static final int ARGUMENTS_FRAME_OF_REASONING = 3;

    private static final int RESULT_FRAME_OF_REASONING = 2;

    private static final String CALLER = "assistant to=functions.";
    private static final String CALLER_OF_SEVERAL = "assistant to=multi_tool_use.parallel";

    private final boolean reasoning;
    private final boolean marksFinalWords;
    private final Tally tally;
    private final ContentTokens contents;
    private final Map<String, String> functionOfCall = new HashMap<>();

    Transcript(CountedModel model, Tally tally) {
        this.reasoning = model.isReasoning();
        this.marksFinalWords = model.marksFinalWords();
        this.tally = tally;
        this.contents = new ContentTokens(model, tally);
    }

    /** Adds what begins the answer. */
    void answerOpening() {
        tally.certain(reasoning ? ANSWER_OPENING_OF_REASONING : ANSWER_OPENING);
    }

    /** Adds the frame of a message, whose text is added apart. */
    void frame(String role, String name) {
        tally.certain(MESSAGE_FRAME);
        tally.text(role);
        if (!name.isEmpty()) {
            tally.certain(NAME_FRAME + (name.equals(role) ? 0 : tally.count(name)));
        }
        if (marksFinalWords && role.equals("assistant")) {
            tally.likely(FINAL_WORDS);
        }
    }

    /** Adds what a message says beside its text. */
    void media(JsonView content) {
        contents.addMedia(content);
    }

    /** Keeps which function a call is of, for its result tells the call only. */
    void called(String id, String function) {
        functionOfCall.put(id, function);
    }

    /** Adds the calls that one message asked for. */
    void calls(List<FunctionCall> calls) {
        if (reasoning) {
            calls.forEach(call -> call(call, ARGUMENTS_FRAME_OF_REASONING));
        } else if (calls.size() == 1) {
            call(calls.get(0), 0);
        } else if (!calls.isEmpty()) {
            tally.likely(MESSAGE_FRAME + tally.count(CALLER_OF_SEVERAL));
            tally.between(calls.stream().mapToLong(this::least).sum(), tally.count(FunctionCall.together(calls)));
        }
    }

    private void call(FunctionCall call, int argumentsFrame) {
        tally.likely(MESSAGE_FRAME + tally.count(CALLER) + argumentsFrame);
        tally.text(call.name());
        tally.text(call.compactArguments());
    }

    private long least(FunctionCall call) {
        return tally.count(call.name()) + tally.count(call.compactArguments());
    }

    /** Adds what a call gave back. */
    void resultOfCall(String id, JsonView content) {
        result(functionOfCall.getOrDefault(id, ""), content);
    }

    /** Adds what a function gave back. */
    void result(String function, JsonView content) {
        tally.certain(MESSAGE_FRAME);
        if (reasoning) {
            tally.likely(RESULT_FRAME_OF_REASONING + tally.count(FunctionCall.qualified(function) + " to=assistant"));
        } else {
            tally.likely(1 + tally.count(FunctionCall.qualified(function)));
        }
        tally.text(ContentTokens.text(content));
        media(content);
    }
}
