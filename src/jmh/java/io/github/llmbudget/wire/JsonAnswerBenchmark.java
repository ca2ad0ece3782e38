package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Shows what one call costs at least: its answer is one JSON text of 863 bytes. */
@State(Scope.Benchmark)
public class JsonAnswerBenchmark extends WireBenchmark {

    private static final String ANSWER = """
            {
              "id": "chatcmpl-E7X2Un26XQnkHj6X1dA95b2UKdQi8",
              "object": "chat.completion",
              "created": 1770747154,
              "model": "gpt-4o-2024-08-06",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "You may send back the lid alone, and we will pay the postage.",
                    "refusal": null,
                    "annotations": []
                  },
                  "logprobs": null,
                  "finish_reason": "stop"
                }
              ],
              "usage": {
                "prompt_tokens": 52,
                "completion_tokens": 16,
                "total_tokens": 68,
                "prompt_tokens_details": {
                  "cached_tokens": 0,
                  "audio_tokens": 0
                },
                "completion_tokens_details": {
                  "reasoning_tokens": 0,
                  "audio_tokens": 0,
                  "accepted_prediction_tokens": 0,
                  "rejected_prediction_tokens": 0
                }
              },
              "service_tier": "default",
              "system_fingerprint": "fp_8b22347a3e"
            }
            """;

    private static final TokenCounts USAGE = TokenCounts.of(52, 16);

    private final ChatExchange exchange = ChatExchange.plain();
    private final Body answer = Body.whole(ANSWER.getBytes(UTF_8));

    /** Reads the whole call, as the endpoint does. */
    @Benchmark
    public LlmCall usageReader() {
        return exchange.read(answer, USAGE);
    }
}
