package io.github.llmbudget.wire;

import org.jspecify.annotations.Nullable;

/**
 * What an answer calls itself: its model, its id, its tier, and how far the work is. What a JSON text tells holds once the
 * text is taken, for an answer may have texts about other things.
 */
final class AnswerNames {

    private static final String ORDINARY_SPEED = "standard";

    private final RepeatedName modelName = new RepeatedName();
    private final RepeatedName tierName = new RepeatedName();
    private final RepeatedName progressName = new RepeatedName();

    private @Nullable String model;
    private @Nullable String responseId;
    private @Nullable String serviceTier;
    private @Nullable String speed;
    private @Nullable String region;
    private String progress = "";

    private @Nullable String textModel;
    private @Nullable String textResponseId;
    private @Nullable String textTier;
    private @Nullable String textProgress;

    private @Nullable String markedModel;
    private @Nullable String markedTier;
    private @Nullable String markedProgress;

    /** Forgets everything. */
    void clear() {
        model = null;
        responseId = null;
        serviceTier = null;
        speed = null;
        region = null;
        progress = "";
        forgetText();
        mark();
    }

    /** Some services leave a name empty in some events. */
    void model(JsonToken value) {
        textModel = value.isEmpty() ? textModel : modelName.of(value);
    }

    /** The first id holds: some services change it within a stream, and the caller has seen the first. */
    void responseId(JsonToken value) {
        textResponseId = responseId != null || value.isEmpty() ? textResponseId : value.text();
    }

    void serviceTier(JsonToken value) {
        textTier = value.isEmpty() ? textTier : tierName.of(value);
    }

    void speed(JsonToken value) {
        speed = value.is(ORDINARY_SPEED) ? null : value.text();
    }

    void region(JsonToken value) {
        region = value.text();
    }

    void progress(JsonToken value) {
        textProgress = progressName.of(value);
    }

    void mark() {
        markedModel = textModel;
        markedTier = textTier;
        markedProgress = textProgress;
    }

    void backToMark() {
        textModel = markedModel;
        textTier = markedTier;
        textProgress = markedProgress;
    }

    /** Lets hold what the text told. */
    void takeText() {
        model = textModel == null ? model : textModel;
        responseId = textResponseId == null ? responseId : textResponseId;
        serviceTier = textTier == null ? serviceTier : textTier;
        progress = textProgress == null ? progress : textProgress;
    }

    void forgetText() {
        textModel = null;
        textResponseId = null;
        textTier = null;
        textProgress = null;
    }

    @Nullable
    String model() {
        return model;
    }

    @Nullable
    String responseId() {
        return responseId;
    }

    /** Returns the tier; a speed that was paid for is one of its own. */
    @Nullable
    String serviceTier() {
        return speed == null ? serviceTier : speed;
    }

    @Nullable
    String region() {
        return region;
    }

    String progress() {
        return progress;
    }
}
