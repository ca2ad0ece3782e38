package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.LlmEndpoint;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The system properties by which clients from the environment find an endpoint, until they are given back. */
final class BoundProperties implements AutoCloseable {

    private final Map<String, @Nullable String> before = new HashMap<>();

    private BoundProperties() {}

    static BoundProperties to(LlmEndpoint endpoint) {
        BoundProperties bound = new BoundProperties();
        bound.set("openai.baseUrl", endpoint.baseUrl());
        bound.set("openai.apiKey", endpoint.apiKey());
        bound.set("anthropic.baseUrl", endpoint.rootUrl());
        bound.set("anthropic.apiKey", endpoint.apiKey());
        return bound;
    }

    private void set(String property, String value) {
        before.put(property, System.setProperty(property, value));
    }

    @Override
    public void close() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }
}
