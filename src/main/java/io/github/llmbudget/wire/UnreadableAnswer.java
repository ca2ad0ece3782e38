package io.github.llmbudget.wire;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;

/** Lets an answer pass that it cannot read. */
final class UnreadableAnswer implements UsageReader {

    private final HttpExchange.Request request;
    private int httpStatus;

    UnreadableAnswer(HttpExchange.Request request) {
        this.request = request;
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
        return LlmCall.of(Operation.OTHER, RequestedModel.of(request, RequestBody.of(request)))
                .provider(KnownServices.name(request, null))
                .status(refused ? CallStatus.FAILED : status, httpStatus)
                .countNote("no wire format reads answers of " + request.operationPath())
                .build();
    }
}
