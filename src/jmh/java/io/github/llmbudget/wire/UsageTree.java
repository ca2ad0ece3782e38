package io.github.llmbudget.wire;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.TokenCounts;
import java.util.Optional;

/** Reads the usage of one event out of a tree. */
final class UsageTree {

    private UsageTree() {}

    static Optional<TokenCounts> countsIn(String json) {
        return JsonParser.parseString(json).getAsJsonObject().get("usage") instanceof JsonObject usage
                ? Optional.of(TokenCounts.of(
                        usage.get("prompt_tokens").getAsLong(),
                        usage.get("completion_tokens").getAsLong()))
                : Optional.empty();
    }
}
