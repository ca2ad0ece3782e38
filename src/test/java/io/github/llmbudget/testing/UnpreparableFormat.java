package io.github.llmbudget.testing;

import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.PreparedRequest;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormat;
import io.github.llmbudget.wire.WireFormats;

/** Takes "/v1/unpreparable" for a chat completion, and cannot prepare its request. */
public final class UnpreparableFormat implements WireFormat {

    @Override
    public boolean matches(HttpExchange.Request request) {
        return request.path().endsWith("/unpreparable");
    }

    @Override
    public PreparedRequest prepare(HttpExchange.Request request) {
        throw new IllegalStateException("cannot prepare " + request);
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        HttpExchange.Request chat =
                new HttpExchange.Request(request.method(), "/v1/chat/completions", request.headers(), request.body());
        return WireFormats.all().find(chat).orElseThrow().open(chat);
    }
}
