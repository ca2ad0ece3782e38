package io.github.llmbudget.call;

import org.apiguardian.api.API;

/**
 * What a call asked the service to do.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Operation {
    /** A chat completion, {@code POST /v1/chat/completions}. */
    CHAT("chat"),
    /** A legacy text completion, {@code POST /v1/completions}. */
    COMPLETIONS("completions"),
    /** A response, {@code POST /v1/responses}. */
    RESPONSES("responses"),
    /** Embeddings, {@code POST /v1/embeddings}. */
    EMBEDDINGS("embeddings"),
    /** Anything else that was posted to the service; what it costs cannot be told. */
    OTHER("other");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /**
     * Returns the name shown in messages and reports.
     *
     * @return the lower-case name
     */
    public String label() {
        return label;
    }
}
