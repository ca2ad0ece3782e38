package io.github.llmbudget.wire;

import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * A request as it goes to the service, and the filter that takes back out of the answer what only the change to the
 * request put there.
 *
 * @param request the request to send
 * @param filter makes the filter for the answer
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PreparedRequest(HttpExchange.Request request, Supplier<ResponseFilter> filter) {

    /**
     * Sends a request as it came, and leaves its answer as it comes.
     *
     * @param request the request
     * @return the same request
     */
    public static PreparedRequest unchanged(HttpExchange.Request request) {
        return new PreparedRequest(request, () -> ResponseFilter.NONE);
    }
}
