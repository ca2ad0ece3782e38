package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.wire.JsonPath;
import org.jspecify.annotations.Nullable;

/**
 * What is compared of a request. Two requests are the same if these are equal.
 *
 * @param line method and path
 * @param model the model that is asked, {@code null} if the body names none
 * @param body the body, normalised; JSON is compact, with sorted members
 */
record ComparisonText(String line, @Nullable String model, String body) {

    /** Makes the texts of requests, for one test. */
    record Maker(CassetteRules rules, Substitutions substitutions) {

        ComparisonText of(RecordedRequest request) {
            Redaction redaction = rules.redaction();
            String line = redaction.in(substitutions.in(request.line()));
            byte[] body = substitutions.in(request.body());
            // Whatever is no UTF-8 becomes replacement characters, and so would files that differ.
            String text = new String(body, UTF_8);
            JsonElement tree = JsonTree.of(text);
            if (tree == null) {
                if (text.indexOf('\uFFFD') >= 0) {
                    text = new String(body, ISO_8859_1);
                }
                return new ComparisonText(line, null, normalised(redaction.in(text)));
            }
            JsonElement redacted = redaction.in(tree);
            String model = model(redacted);
            return new ComparisonText(line, model, normalised(canonical(redacted)));
        }

        private String canonical(JsonElement tree) {
            for (JsonPath path : rules.ignored()) {
                path.remove(tree);
            }
            return JsonTree.canonical(tree);
        }

        private String normalised(String text) {
            RequestNormaliser normaliser = rules.normaliser();
            if (normaliser == null) {
                return text;
            }
            String normalised = normaliser.normalise(text);
            JsonElement tree = JsonTree.of(normalised);
            return tree == null ? normalised : canonical(tree);
        }

        private static @Nullable String model(JsonElement tree) {
            return tree instanceof JsonObject object
                            && object.get("model") instanceof JsonPrimitive model
                            && model.isString()
                    ? model.getAsString()
                    : null;
        }
    }

    /** The model is part of the body, unless the test ignores it: then it does not count here either. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ComparisonText text && line.equals(text.line) && body.equals(text.body);
    }

    @Override
    public int hashCode() {
        return 31 * line.hashCode() + body.hashCode();
    }

    /** Returns method, path and model, as messages name a request. */
    String name() {
        return model == null ? line : line + ", model " + model;
    }
}
