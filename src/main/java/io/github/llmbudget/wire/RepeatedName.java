package io.github.llmbudget.wire;

import org.jspecify.annotations.Nullable;

/** A name that each event of a stream repeats: it is made into a text once, not once an event. */
final class RepeatedName {

    private byte[] raw = {};
    private @Nullable String text;

    /** Returns the text of a value. */
    String of(JsonToken value) {
        String known = text;
        if (known != null && value.isSameAs(raw)) {
            return known;
        }
        raw = value.bytes();
        String named = value.text();
        text = named;
        return named;
    }
}
