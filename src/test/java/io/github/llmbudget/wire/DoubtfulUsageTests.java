package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.chatStream;
import static io.github.llmbudget.wire.Answers.cutInPieces;
import static io.github.llmbudget.wire.Answers.post;
import static io.github.llmbudget.wire.Answers.readInPieces;
import static io.github.llmbudget.wire.Answers.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures that look like usage and are not, or not yet: none of them passes for what the service reported. */
class DoubtfulUsageTests {

    private static final HttpExchange.Request GEMINI = post(
            "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
            "{\"contents\":[{\"parts\":[{\"text\":\"Tell me a joke\"}]}]}");
    private static final HttpExchange.Request ANTHROPIC = post(
            "/v1/messages",
            "{\"model\":\"claude\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    private static final String GEMINI_TEXT = """
            data: {"candidates":[{"content":{"parts":[{"text":"Why did the chicken cross the road?"}]}}],\
            "usageMetadata":{"promptTokenCount":10,"totalTokenCount":10}}

            """;
    private static final String ANTHROPIC_TEXT = """
            data: {"type":"message_start","message":{"id":"m1","usage":{"input_tokens":25,"output_tokens":1}}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Why did the chicken cross?"}}

            """;

    @Test
    void takesAnOutputThatGeminiHasNotCountedYetForUnknown() {
        LlmCall cut = cutInPieces(GEMINI, GEMINI_TEXT);
        LlmCall broken = readInPieces(GEMINI, GEMINI_TEXT + "data: {\"error\":{\"code\":503}}\n\n");

        assertThat(cut.countSource()).isEqualTo(CountSource.PARTIAL);
        assertThat(cut.tokens().input()).as("told by the service").isEqualTo(10);
        assertThat(cut.tokens().output()).isGreaterThan(3);
        assertThat(broken.countSource()).isEqualTo(CountSource.PARTIAL);
        assertThat(broken.tokens().output()).isGreaterThan(3);
        assertThat(broken.status()).isEqualTo(CallStatus.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"type\":\"message_delta\",\"usage\":{\"input_tokens\":50,\"cache_c",
                "data: {\"type\":\"message_delta\",\"usage\":{\"input_tokens\":25}}\n\n",
                ""
            })
    void takesAnOutputThatAnthropicOnlyBeganToCountForUnknown(String end) {
        LlmCall cut = cutInPieces(ANTHROPIC, ANTHROPIC_TEXT + end);

        assertThat(cut.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(cut.tokens().input()).isEqualTo(25);
        assertThat(cut.tokens().output()).isGreaterThan(3);
    }

    @Test
    void believesNoZerosBesideText() {
        String stream = """
                data: {"choices":[{"index":0,"delta":{"content":"Hello there"}}],"usage":{"prompt_tokens":0,\
                "completion_tokens":0,"total_tokens":0}}

                data: [DONE]

                """;

        for (LlmCall call : new LlmCall[] {readInPieces(chatStream(), stream), cutInPieces(chatStream(), stream)}) {
            assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
            assertThat(call.tokens().input()).isPositive();
            assertThat(call.tokens().output()).isEqualTo(2);
        }
    }

    @Test
    void believesNoZerosBesideAPrice() {
        LlmCall image = readInPieces(
                post("/v1/images/generations", "{\"model\":\"grok-2-image\",\"prompt\":\"a chicken\"}"),
                "{\"data\":[{\"url\":\"x\"}],\"usage\":{\"input_tokens\":0,\"output_tokens\":0,\"total_tokens\":0,"
                        + "\"cost_in_usd_ticks\":200000000}}");

        assertThat(image.isUncounted()).isTrue();
        assertThat(image.reportedCost()).isEqualByComparingTo("0.02");
    }

    @Test
    void doesNotTakeUsageThatTextFollowedForTheLastWhenAnErrorEndsTheStream() {
        LlmCall call = readInPieces(chatStream(), """
                data: {"choices":[{"index":0,"delta":{"content":"Why"}}],"usage":{"prompt_tokens":10,"completion_tokens":1}}

                data: {"choices":[{"index":0,"delta":{"content":" did the chicken cross the road?"}}]}

                data: {"error":{"message":"overloaded"}}

                """);

        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens().output()).isGreaterThan(3);
    }

    @Test
    void estimatesAResponseThatAnErrorBreaksOff() {
        String begun = """
                data: {"type":"response.created","response":{"id":"r1","status":"in_progress","usage":null}}

                data: {"type":"response.output_text.delta","delta":"Hello there"}

                """;

        LlmCall failed = readInPieces(response(), begun + "data: {\"type\":\"error\",\"code\":\"server_error\"}\n\n");
        LlmCall ended = readInPieces(response(), begun);

        assertThat(failed.status()).isEqualTo(CallStatus.FAILED);
        assertThat(failed.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(failed.tokens().output()).isEqualTo(2);
        assertThat(ended.countNote()).endsWith(": the stream ended without usage");
    }

    @Test
    void readsTheUsageOfALastEventThatNamesNoStatus() {
        LlmCall call = readInPieces(response(), """
                data: {"type":"response.created","response":{"id":"r1","status":"in_progress","usage":null}}

                data: {"type":"response.completed","response":{"usage":{"input_tokens":11,"output_tokens":7}}}

                """);

        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(11, 7));
    }

    @Test
    void estimatesNothingFromARequestWithoutPrompt() {
        LlmCall call = readInPieces(post("/v1/embeddings", "{\"model\":\"m\"}"), "{\"data\":[{\"embedding\":[1]}]}");

        assertThat(call.isUncounted()).isTrue();
        assertThat(call.countNote()).contains("no prompt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event: error\ndata: {\"message\":\"x\",\"code\":500}\n\n", "event:error\r\ndata: {}\r\n\r\n"})
    void takesAnEventThatIsNamedAnErrorForOne(String event) {
        assertThat(readInPieces(chatStream(), event).status()).isEqualTo(CallStatus.FAILED);
        assertThat(readInPieces(chatStream(), event.replace("error", "errors")).status())
                .isEqualTo(CallStatus.COMPLETE);
    }

    @Test
    void countsTheArgumentsOfAFunctionThatTheModelCalls() {
        LlmCall cut = cutInPieces(chatStream(), """
                data: {"choices":[{"index":0,"delta":{"function_call":{"name":"find","arguments":"{\\"road\\":1}"}}}]}

                """);

        assertThat(cut.tokens().output()).isGreaterThan(3);
    }
}
