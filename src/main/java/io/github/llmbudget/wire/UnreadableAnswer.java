package io.github.llmbudget.wire;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import org.jspecify.annotations.Nullable;

/** Lets an answer pass that it cannot read. */
final class UnreadableAnswer implements UsageReader {

    private final @Nullable String model;
    private final String path;
    private int httpStatus;

    UnreadableAnswer(@Nullable String model, String path) {
        this.model = model;
        this.path = path;
    }

    @Override
    public void begin(HttpExchange.Response response) {
        httpStatus = response.status();
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        // Nothing in it is known to be usage.
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public LlmCall finish(CallStatus status) {
        boolean refused = Refusal.is(status, httpStatus);
        return LlmCall.of(Operation.OTHER, model)
                .status(refused ? CallStatus.FAILED : status, httpStatus)
                .countNote("no wire format reads answers of " + path)
                .build();
    }
}
