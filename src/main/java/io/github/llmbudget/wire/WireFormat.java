package io.github.llmbudget.wire;

import io.github.llmbudget.token.EarlierAnswers;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * Reads the calls of one provider family off the wire. Implementations are found by {@link java.util.ServiceLoader};
 * those built in are registered the same way. Of the formats that match a request the one with the highest
 * {@link #order()} reads it; a tie is an error.
 *
 * <p>Implementations must be safe for use by many threads; the readers they open are used by one.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface WireFormat {

    /**
     * Tells whether this format reads the answer to a request.
     *
     * @param request the request
     * @return whether it does
     */
    boolean matches(HttpExchange.Request request);

    /**
     * Starts to read one exchange.
     *
     * @param request the request as it goes to the service
     * @return a reader for the bytes of the answer
     */
    UsageReader open(HttpExchange.Request request);

    /**
     * Starts to read one exchange whose request may refer to earlier answers instead of repeating what they said.
     *
     * @param request the request as it goes to the service
     * @param earlier what the answers of the same test told so far; the reader adds what this one tells
     * @return a reader for the bytes of the answer
     */
    default UsageReader open(HttpExchange.Request request, EarlierAnswers earlier) {
        return open(request);
    }

    /**
     * Adds to a request, on its way to the service, what makes the service report usage.
     *
     * @param request the request as the client sent it
     * @return the request to send, and how the answer becomes what the client would have seen without the addition
     */
    default PreparedRequest prepare(HttpExchange.Request request) {
        return PreparedRequest.unchanged(request);
    }

    /**
     * Tells whether a request only fetches, cancels or carries on what an earlier call began. Its answer may tell the
     * usage of that call, found by the response id, and is never a call of its own.
     *
     * @param request a request that this format matches
     * @return whether it does
     */
    default boolean retrieves(HttpExchange.Request request) {
        return false;
    }

    /**
     * Returns the most output tokens that a request allows the service to write, all alternative answers together. A hard
     * limit sets aside as much before the request is sent.
     *
     * @param request a request that this format matches
     * @return the number of tokens, empty if the request sets no bound, or this format does not know
     */
    default OptionalLong outputLimit(HttpExchange.Request request) {
        return OptionalLong.empty();
    }

    /**
     * Returns the rank of this format among those that match the same request.
     *
     * @return 0 unless overridden, as for the formats built in; more to be asked before them
     */
    default int order() {
        return 0;
    }
}
