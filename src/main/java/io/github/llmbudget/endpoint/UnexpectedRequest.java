package io.github.llmbudget.endpoint;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A request that the script of a test had no reply for.
 *
 * @param method the HTTP method
 * @param path the path below the endpoint's root, without its query, which may hold a key
 * @param model the model it names
 * @param reason why there was no reply
 * @param comparison the request beside the closest reply, a line for each condition; {@code null} where no reply has any
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record UnexpectedRequest(
        String method,
        String path,
        @Nullable String model,
        String reason,
        @Nullable String comparison) {

    /** Returns method, path, model and reason in a line. */
    @Override
    public String toString() {
        return method + " " + path + (model == null ? "" : " for model \"" + model + "\"") + ": " + reason;
    }
}
