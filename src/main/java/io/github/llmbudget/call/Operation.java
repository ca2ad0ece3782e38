package io.github.llmbudget.call;

import org.apiguardian.api.API;

/**
 * What a call asked the service to do.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Operation {
    /** A chat: {@code POST /v1/chat/completions}, Anthropic's messages, Gemini's generated content, Ollama's chat. */
    CHAT("chat"),
    /** A text completion: {@code POST /v1/completions}, Ollama's generate. */
    COMPLETIONS("completions"),
    /** A response, {@code POST /v1/responses}, or its compaction. */
    RESPONSES("responses"),
    /** Embeddings. */
    EMBEDDINGS("embeddings"),
    /** A ranking of documents. */
    RERANK("rerank"),
    /** Images made or edited. */
    IMAGES("images"),
    /** Audio turned into text. */
    TRANSCRIPTION("transcription"),
    /** Text turned into audio. */
    SPEECH("speech"),
    /** A moderation. Services that report no tokens for it make no charge. */
    MODERATIONS("moderations"),
    /** A batch of calls that the service works off later. */
    BATCH("batch"),
    /** A run of an assistant. */
    RUN("run"),
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
