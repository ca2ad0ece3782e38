package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads runs of assistants. The usages of a run's steps add up to the run's own, so only the run's counts.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiRunFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiFields.promptAndCompletion(Operation.RUN)
            .at("object", AnswerField.KIND)
            .onlyKinds("thread.run")
            .at("status", AnswerField.PROGRESS)
            .build();

    /** Creates the format; found through its services file. */
    public OpenAiRunFormat() {
        super("/threads/([^/]+/)?runs", "/threads/[^/]+/runs/[^/]+(/cancel|/submit_tool_outputs)?", ANSWER);
    }
}
