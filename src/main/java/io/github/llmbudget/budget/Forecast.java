package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * What a call will use, as far as its request tells.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface Forecast {

    /**
     * Tells which call it will be.
     *
     * @return the call with its model and the role that it will have, nothing of it counted
     */
    LlmCall identity();

    /**
     * Describes the call by its request. Asked for only where a limit depends on it, for it takes counting the input.
     *
     * @return the call with its input counted, as far as it can be, and its output still open
     */
    LlmCall call();

    /**
     * Tells whether nobody waits for the answer any more.
     *
     * @return whether the client is gone
     */
    boolean isAbandoned();

    /**
     * Returns the most output tokens that the request allows.
     *
     * @return the number of tokens, empty if the request sets no bound
     */
    OptionalLong outputLimit();
}
