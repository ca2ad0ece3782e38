package io.github.llmbudget.cassette;

import java.time.Instant;
import org.apiguardian.api.API;

/**
 * A request and its answer.
 *
 * @param begun when the request came
 * @param request the request
 * @param answer the answer
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record RecordedExchange(Instant begun, RecordedRequest request, RecordedAnswer answer) {}
