package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads text that watsonx generates. A stream tells the input in its first event only, and 0 in the others.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class WatsonxFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = JsonAnswer.of(Operation.COMPLETIONS, "watsonx")
            .merge(UsageMerge.HIGHEST)
            .streamed(request -> request.operationPath().endsWith("_stream"))
            .at("model_id", AnswerField.MODEL)
            .at("errors", AnswerField.ERROR)
            .at("results.[]", AnswerField.USAGE)
            .at("results.[].input_token_count", AnswerField.INPUT)
            .at("results.[].generated_token_count", AnswerField.OUTPUT)
            .at("results.[].generated_text", AnswerField.TEXT)
            .promptAt("input")
            .build();

    /** Creates the format; found through its services file. */
    public WatsonxFormat() {
        super("/ml/[^/]+/(text/)?generation(/text)?(_stream)?", ANSWER);
    }
}
