package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads speech. Only its event stream tells tokens; plain audio does not.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiSpeechFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiFields.inputAndOutput(Operation.SPEECH)
            .streamed((request, body) -> "sse".equals(body.text("stream_format")))
            .build();

    /** Creates the format; found through its services file. */
    public OpenAiSpeechFormat() {
        super("/audio/speech", ANSWER);
    }
}
