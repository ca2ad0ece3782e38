package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads images made and edited. Older models tell no tokens: they are priced by the image, and such a call's usage is
 * unknown.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiImagesFormat extends JsonFormat {

    private static final JsonAnswer ANSWER =
            OpenAiFields.inputAndOutput(Operation.IMAGES).build();

    /** Creates the format; found through its services file. */
    public OpenAiImagesFormat() {
        super("/images/(generations|edits|variations)", ANSWER);
    }
}
