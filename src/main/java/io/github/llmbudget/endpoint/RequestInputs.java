package io.github.llmbudget.endpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request wants to be embedded, completed or moderated: one input or several, each a text or tokens. */
final class RequestInputs {

    private RequestInputs() {}

    static int count(@Nullable JsonElement inputs) {
        return of(inputs).size();
    }

    /** Takes a member apart into its inputs. Numbers are the tokens of one input, and parts belong to one input too. */
    static List<JsonElement> of(@Nullable JsonElement inputs) {
        if (inputs instanceof JsonArray several && !several.isEmpty() && !isPartOfOne(several.get(0))) {
            return several.asList();
        }
        return inputs == null ? List.of(new JsonObject()) : List.of(inputs);
    }

    private static boolean isPartOfOne(JsonElement element) {
        return element.isJsonObject()
                || (element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber());
    }
}
