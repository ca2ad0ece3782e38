package io.github.llmbudget.wire;

import org.jspecify.annotations.Nullable;

/**
 * What an answer calls itself: its model, its id, its tier, and how far the work is. What a JSON text tells holds once the
 * text is taken, for an answer may have texts about other things.
 */
final class AnswerNames {

    private static final String ORDINARY_SPEED = "standard";

    private final ToldName model = new ToldName();
    private final ToldName tier = new ToldName();
    private final ToldName progress = new ToldName();

    private @Nullable String responseId;
    private @Nullable String textResponseId;
    private @Nullable String speed;
    private @Nullable String region;

    /** Forgets everything. */
    void clear() {
        model.clear();
        tier.clear();
        progress.clear();
        responseId = null;
        textResponseId = null;
        speed = null;
        region = null;
    }

    /** Some services leave a name empty in some events. */
    void model(JsonToken value) {
        if (!value.isEmpty()) {
            model.tell(value);
        }
    }

    /** The first id holds: some services change it within a stream, and the caller has seen the first. */
    void responseId(JsonToken value) {
        if (responseId == null && !value.isEmpty()) {
            textResponseId = value.text();
        }
    }

    void serviceTier(JsonToken value) {
        if (!value.isEmpty()) {
            tier.tell(value);
        }
    }

    void speed(JsonToken value) {
        speed = value.is(ORDINARY_SPEED) ? null : value.text();
    }

    void region(JsonToken value) {
        region = value.text();
    }

    void progress(JsonToken value) {
        progress.tell(value);
    }

    void mark() {
        model.mark();
        tier.mark();
        progress.mark();
    }

    void backToMark() {
        model.backToMark();
        tier.backToMark();
        progress.backToMark();
    }

    /** Lets hold what the text told. */
    void takeText() {
        model.takeText();
        tier.takeText();
        progress.takeText();
        if (textResponseId != null) {
            responseId = textResponseId;
        }
    }

    void forgetText() {
        model.forgetText();
        tier.forgetText();
        progress.forgetText();
        if (textResponseId != null) {
            textResponseId = null;
        }
    }

    @Nullable
    String model() {
        return model.name();
    }

    @Nullable
    String responseId() {
        return responseId;
    }

    /** Returns the tier; a speed that was paid for is one of its own. */
    @Nullable
    String serviceTier() {
        return speed == null ? tier.name() : speed;
    }

    @Nullable
    String region() {
        return region;
    }

    /** Returns how far the work is, as the service calls it. */
    String progress() {
        String name = progress.name();
        return name == null ? "" : name;
    }
}
