package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.call.TokenCounts;

/** Writes the event streams that are read: chat completions as OpenAI sends them, the same for the same length. */
public final class ChatStream {

    /** What a chunk holds beside its text. Public, because the code that JMH generates names it. */
    public enum Chunk {
        /** The fields that a call is read from, with short names; 1,002 events make 217 KB. */
        LEAN("chatcmpl-E7X2Un26XQ", "gpt-4o", "", "", 0),

        /** All that OpenAI sends, with names as long as they are there; half as much again. */
        FULL(
                "chatcmpl-E7X2Un26XQnkHj6X1dA95b2UKdQi8",
                "gpt-4o-2024-08-06",
                ",\"system_fingerprint\":\"fp_8b22347a3e\"",
                ",\"logprobs\":null",
                15);

        private final String id;
        private final String model;
        private final String fingerprint;
        private final String logprobs;
        private final int obfuscatedLength;

        Chunk(String id, String model, String fingerprint, String logprobs, int obfuscatedLength) {
            this.id = id;
            this.model = model;
            this.fingerprint = fingerprint;
            this.logprobs = logprobs;
            this.obfuscatedLength = obfuscatedLength;
        }
    }

    /** What the last chunk reports, however long the stream is. */
    static final TokenCounts USAGE = TokenCounts.of(52, 998);

    /** The role, the reason of the end, the usage and the end mark. */
    private static final int EVENTS_WITHOUT_TEXT = 4;

    private static final String[] WORDS = {
        "You", " may", " send", " the", " lid", " back", " on", " its", " own", ",", " and", " we", " pay", " for",
        " it", ".\\n\\n", "Please", " put", " the", " \\\"", "return", " label", "\\\"", " on", " a", " padded", " env",
        "elope", " –", " any", " post", " office", " takes", " it", ".", " A", " new", " one", " goes", " out", " to",
        " you", " as", " soon", " as", " ours", " is", " here", "."
    };
    private static final String PADDING = "pCjdYd4kX4W2qDJ94I8XQj86";

    private final Chunk chunk;
    private final StringBuilder stream = new StringBuilder();

    private ChatStream(Chunk chunk) {
        this.chunk = chunk;
    }

    /**
     * Returns the body of a stream.
     *
     * @param chunk what its chunks hold
     * @param events how many events it has, the end mark included
     */
    static byte[] of(Chunk chunk, int events) {
        ChatStream stream = new ChatStream(chunk);
        stream.addText("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null", 0);
        for (int i = 0; i < events - EVENTS_WITHOUT_TEXT; i++) {
            String word = WORDS[i % WORDS.length];
            stream.addText("{\"content\":\"" + word + "\"}", "null", word.length());
        }
        stream.addText("{}", "\"stop\"", 0);
        stream.addUsage();
        stream.addEvent("[DONE]");
        return stream.stream.toString().getBytes(UTF_8);
    }

    private void addText(String delta, String finishReason, int textLength) {
        addChunk(
                "[{\"index\":0,\"delta\":" + delta + chunk.logprobs + ",\"finish_reason\":" + finishReason + "}]",
                "null",
                chunk.obfuscatedLength - textLength);
    }

    private void addUsage() {
        addChunk(
                "[]",
                "{\"prompt_tokens\":" + USAGE.input() + ",\"completion_tokens\":" + USAGE.output()
                        + ",\"total_tokens\":"
                        + USAGE.total() + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                        + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}",
                chunk.obfuscatedLength);
    }

    private void addChunk(String choices, String usage, int padding) {
        addEvent("{\"id\":\"" + chunk.id + "\",\"object\":\"chat.completion.chunk\",\"created\":1770747154,"
                + "\"model\":\"" + chunk.model + "\",\"service_tier\":\"default\"" + chunk.fingerprint + ",\"choices\":"
                + choices
                + ",\"usage\":" + usage
                + (padding > 0 ? ",\"obfuscation\":\"" + PADDING.substring(0, padding) + "\"" : "") + "}");
    }

    private void addEvent(String data) {
        stream.append("data: ").append(data).append("\n\n");
    }
}
