package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Reads images made and edited. Older models tell no tokens: such a call's usage is unknown, and it is priced by the
 * image.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class OpenAiImagesFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = OpenAiFields.inputAndOutput(Operation.IMAGES)
            .at("data.[]", AnswerField.IMAGE)
            .units((call, request, images) -> images == 0
                    ? call
                    : call.toBuilder().images(Map.of(kind(request), images)).build())
            .build();

    private static final String UNGRADED_MODEL = "dall-e-2";
    private static final String GRADED_MODEL = "dall-e-3";
    private static final String USUAL_SIZE = "1024x1024";
    private static final String USUAL_QUALITY = "standard";

    /** Creates the format; found through its services file. */
    public OpenAiImagesFormat() {
        super("/images/(generations|edits|variations)", ANSWER);
    }

    /** Names quality and size as price lists do; what a request leaves out is what the service takes then. */
    private static String kind(RequestBody request) {
        String model = Objects.requireNonNullElse(request.model(), UNGRADED_MODEL);
        String size = Objects.requireNonNullElse(request.text("size"), USUAL_SIZE);
        String quality = request.text("quality");
        if (quality == null && model.equals(GRADED_MODEL)) {
            quality = USUAL_QUALITY;
        }
        return quality == null || model.equals(UNGRADED_MODEL) ? size : quality + " " + size;
    }
}
