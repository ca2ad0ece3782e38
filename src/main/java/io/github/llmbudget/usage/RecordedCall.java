package io.github.llmbudget.usage;

import io.github.llmbudget.call.LlmCall;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A call that was recorded.
 *
 * @param call the call
 * @param exchange what was asked and answered, {@code null} where it is not kept or did not pass here
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record RecordedCall(LlmCall call, @Nullable KeptExchange exchange) {}
