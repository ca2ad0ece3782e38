package io.github.llmbudget.token;

import io.github.llmbudget.call.EstimateReason;
import java.util.Optional;
import java.util.Set;

/** Counts what a message says: its text, and its images by their size. */
final class ContentTokens {

    private static final Set<String> TEXTS =
            Set.of("text", "input_text", "output_text", "refusal", "summary_text", "reasoning_text");
    private static final Set<String> IMAGES = Set.of("image_url", "input_image", "image");

    private final CountedModel model;
    private final Tally tally;

    ContentTokens(CountedModel model, Tally tally) {
        this.model = model;
        this.tally = tally;
    }

    /** Returns the text: its parts are joined without anything between them. */
    static String text(JsonView content) {
        if (!content.isArray()) {
            return content.text();
        }
        StringBuilder text = new StringBuilder();
        for (JsonView part : content.items()) {
            if (isText(part)) {
                text.append(part.text())
                        .append(part.at("text").text())
                        .append(part.at("refusal").text());
            }
        }
        return text.toString();
    }

    /** Some clients leave out what kind of part a text is. */
    private static boolean isText(JsonView part) {
        JsonView type = part.at("type");
        return part.isString()
                || TEXTS.contains(type.text())
                || (!type.isPresent() && part.at("text").isString());
    }

    /** Adds what is no text. */
    void addMedia(JsonView content) {
        for (JsonView part : content.items()) {
            String type = part.at("type").text();
            if (IMAGES.contains(type)) {
                addImage(part);
            } else if (!isText(part)) {
                tally.doubt(doubt(type));
            }
        }
    }

    private static EstimateReason doubt(String type) {
        return switch (type) {
            case "input_audio", "audio" -> EstimateReason.AUDIO;
            case "file", "input_file" -> EstimateReason.FILE;
            default -> EstimateReason.UNKNOWN_CONTENT;
        };
    }

    private void addImage(JsonView part) {
        Optional<ImageTokens> rule = ImageTokens.of(model);
        if (rule.isEmpty()) {
            tally.doubt(EstimateReason.IMAGE_SIZE_UNKNOWN);
            return;
        }
        JsonView ofChat = part.at("image_url");
        String url = ofChat.isObject() ? ofChat.at("url").text() : ofChat.text();
        JsonView detail = ofChat.isObject() ? ofChat.at("detail") : part.at("detail");
        if (detail.is("low") && rule.get().lowDetail().isPresent()) {
            tally.certain(rule.get().lowDetail().getAsLong());
            return;
        }
        ImageSize.ofDataUrl(url)
                .ifPresentOrElse(size -> tally.certain(rule.get().ofSize(size)), () -> {
                    tally.between(rule.get().least(), rule.get().ofSize(ImageTokens.ORDINARY));
                    tally.doubt(EstimateReason.IMAGE_SIZE_UNKNOWN);
                });
    }
}
