package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Forecast;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormat;
import java.util.OptionalLong;

/**
 * What a request tells of its call before it is sent.
 *
 * @param format reads the call
 * @param request the request as it goes to the service
 * @param recorder takes the call
 * @param origin who will answer
 * @param client waits for the answer
 */
record RequestForecast(
        WireFormat format, HttpExchange.Request request, CallRecorder recorder, Origin origin, ClientPresence client)
        implements Forecast {

    @Override
    public LlmCall identity() {
        return read(CallStatus.FAILED); // Of a call that failed nothing is counted.
    }

    @Override
    public LlmCall call() {
        return read(CallStatus.UNFINISHED);
    }

    private LlmCall read(CallStatus status) {
        try (UsageReader unanswered = format.open(request, recorder.earlierAnswers())) {
            return unanswered.finish(status).toBuilder()
                    .origin(origin)
                    .role(recorder.role(), null)
                    .build();
        }
    }

    @Override
    public boolean isAbandoned() {
        return client.isGone();
    }

    @Override
    public OptionalLong outputLimit() {
        return format.outputLimit(request);
    }
}
