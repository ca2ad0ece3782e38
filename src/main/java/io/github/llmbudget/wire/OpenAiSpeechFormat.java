package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Reads speech. Only its event stream tells tokens; plain audio does not, and older models are billed by the characters of
 * the text.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiSpeechFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiFields.inputAndOutput(Operation.SPEECH)
            .units((call, request, images) ->
                    call.toBuilder().characters(length(request.text("input"))).build())
            .streamed((request, body) -> "sse".equals(body.text("stream_format")))
            .build();

    /** Creates the format; found through its services file. */
    public OpenAiSpeechFormat() {
        super("/audio/speech", ANSWER);
    }

    private static @Nullable Long length(@Nullable String text) {
        return text == null ? null : (long) text.codePointCount(0, text.length());
    }
}
