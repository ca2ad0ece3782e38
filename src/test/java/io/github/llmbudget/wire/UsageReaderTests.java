package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.bytesUntilComplete;
import static io.github.llmbudget.wire.Answers.chat;
import static io.github.llmbudget.wire.Answers.chatStream;
import static io.github.llmbudget.wire.Answers.cut;
import static io.github.llmbudget.wire.Answers.post;
import static io.github.llmbudget.wire.Answers.read;
import static io.github.llmbudget.wire.Answers.readInPieces;
import static io.github.llmbudget.wire.Answers.response;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageReaderTests {

    private static final String USAGE = "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}";
    private static final String CONTENT =
            "data: {\"id\":\"c1\",\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"Hello there\"}}],\"usage\":null}\n\n";
    private static final String USAGE_CHUNK =
            "data: {\"id\":\"c1\",\"model\":\"gpt-4o-2024-08-06\",\"choices\":[]," + USAGE + "}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final TokenCounts ELEVEN_AND_SEVEN = TokenCounts.of(11, 7);

    @Test
    void readsEachDetailOfUsage() {
        LlmCall call = read(chat(), """
                {"id":"c1","model":"gpt-4o","service_tier":"priority","choices":[],
                 "usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,
                  "prompt_tokens_details":{"cached_tokens":400,"cache_write_tokens":100,"audio_tokens":30,"text_tokens":1},
                  "completion_tokens_details":{"reasoning_tokens":60,"audio_tokens":9,"accepted_prediction_tokens":60,
                   "rejected_prediction_tokens":20}}}
                """);

        assertThat(call.tokens()).isEqualTo(new TokenCounts(1000, 400, 100, 30, 100, 60, 9));
        assertThat(call.serviceTier()).isEqualTo("priority");
    }

    @Test
    void readsEachDetailOfTheUsageOfAResponse() {
        LlmCall call = read(post("/v1/responses", "{\"model\":\"gpt-5.6-sol\",\"input\":\"x\"}"), """
                {"id":"r1","status":"completed","model":"gpt-5.6-sol","output":[],"error":null,
                 "usage":{"input_tokens":4020,"input_tokens_details":{"cached_tokens":8,"cache_write_tokens":4012},
                  "output_tokens":5,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":4025}}
                """);

        assertThat(call.tokens()).isEqualTo(new TokenCounts(4020, 8, 4012, 0, 5, 3, 0));
        assertThat(call.operation()).isEqualTo(Operation.RESPONSES);
    }

    @Test
    void isNotFooledByUsageQuotedInText() {
        String quoting = "{\"choices\":[{\"message\":{\"content\":\"He said \\\"usage\\\":{\\\"prompt_tokens\\\":999,"
                + "\\\"completion_tokens\\\":999} \\\\\"},\"usage\":{\"prompt_tokens\":998}}],\"metadata\":{\"usage\":"
                + "{\"prompt_tokens\":997}}," + USAGE + "}";

        assertThat(read(chat(), quoting).tokens()).isEqualTo(ELEVEN_AND_SEVEN);
        assertThat(read(chat(), quoting.replace("," + USAGE, "")).countSource()).isEqualTo(CountSource.ESTIMATED);
    }

    @Test
    void readsTheSameHoweverAVeryLongValueIsCut() {
        String zeros = "0".repeat(6000);

        assertThat(readInPieces(chat(), "{\"model\":\"" + "m".repeat(6000) + "\"," + USAGE + "}")
                        .model())
                .hasSize(4096);
        assertThat(readInPieces(chat(), "{\"usage\":{\"prompt_tokens\":" + zeros + "5}}")
                        .tokens())
                .isEqualTo(TokenCounts.NONE);
    }

    @Test
    void readsTheSameHoweverAWordIsCutThatTheEndOfItsLineBreaksOff() {
        for (String broken : List.of("{\"error\":nul\n", "{\"usage\":{\"prompt_tokens\":1\n1}}\n")) {
            assertThat(readInPieces(chatStream(), "data: " + broken + "\n" + CONTENT + USAGE_CHUNK + DONE)
                            .tokens())
                    .isEqualTo(ELEVEN_AND_SEVEN);
            assertThat(readInPieces(chat(), broken + "\n").requestedModel()).isEqualTo("gpt-4o");
        }
    }

    @Test
    void takesTheOutputFromTheTotalWhereItIsNotGiven() {
        assertThat(read(chat(), "{\"usage\":{\"prompt_tokens\":11,\"total_tokens\":18}}")
                        .tokens())
                .isEqualTo(ELEVEN_AND_SEVEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Please log in</body></html>",
                "\u001f\u008b\b\u0000 compressed",
                "",
                "{}",
                "{\"choices\":[]}"
            })
    void doesNotEstimateWhatItCannotRead(String answer) {
        LlmCall call = read(chat(), answer);

        assertThat(call.isUncounted()).isTrue();
        assertThat(call.countNote()).startsWith("the answer ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"total_tokens\":5}", "null", "[]", "\"none\"", "{\"prompt_tokens\":\"many\"}"})
    void estimatesWhenUsageSaysNothing(String usage) {
        LlmCall call = read(
                chat(),
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello there\"}}],\"usage\":" + usage + "}");

        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(8, 2));
        assertThat(call.countNote()).isEqualTo("estimated with o200k_base: the answer came without usage");
    }

    @Test
    void estimatesTheTextsOfAllChoices() {
        LlmCall call = read(
                chatStream(),
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}},{\"index\":1,\"delta\":{\"content\":\"Good\"}}]}\n\n"
                        + "data: {\"choices\":[{\"delta\":{\"content\":\" morning\"},\"index\":1}]}\n\n"
                        + "data: {\"choices\":[{\"delta\":{\"content\":\"lo there\"},\"index\":0}]}\n\n" + DONE);

        assertThat(call.tokens()).isEqualTo(TokenCounts.of(8, 4));
    }

    @Test
    void estimatesEmbeddingsByTheirInputs() {
        LlmCall call = read(
                post("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":[\"Tell me a joke\",[1,2,3]]}"),
                "{\"data\":[{\"embedding\":\"AAAA\"}]}");

        assertThat(call.tokens()).isEqualTo(TokenCounts.of(7, 0));
        assertThat(call.operation()).isEqualTo(Operation.EMBEDDINGS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: keep-alive\n\n%1$s%2$s%3$s",
                "data: {\"broken\":\n\n%1$s%2$s%3$s",
                "data: {\"broken\":\"tex\n\n%1$s%2$s%3$s",
                "%1$s%2$s%3$sdata: trailing\n\n"
            })
    void readsThroughEventsThatAreBroken(String around) {
        LlmCall call = readInPieces(chatStream(), String.format(around, CONTENT, USAGE_CHUNK, DONE));

        assertThat(call.tokens()).isEqualTo(ELEVEN_AND_SEVEN);
        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.answeredModel()).isEqualTo("gpt-4o-2024-08-06");
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "404", "429", "500", "302"})
    void readsAStatusThatIsNoSuccessAsAFailedCall(int status) {
        LlmCall call = read(
                chat(),
                status,
                "{\"error\":{\"message\":\"no\",\"code\":null}}".getBytes(UTF_8),
                CallStatus.COMPLETE,
                7);

        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.httpStatus()).isEqualTo(status);
        assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
        assertThat(call.isUncounted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":\"overloaded\"}", "\"overloaded\"", "true"})
    void readsAnErrorUnderAStatusOfSuccessAsAFailedCall(String error) {
        LlmCall call = read(chat(), "{\"error\":" + error + "}");

        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.httpStatus()).isEqualTo(200);
        assertThat(call.countNote()).isEqualTo("the call failed");
    }

    @Test
    void keepsTheUsageOfAStreamThatEndsInAnError() {
        LlmCall call = read(chatStream(), CONTENT + USAGE_CHUNK + "event: error\ndata: {\"error\":{\"code\":400}}\n\n");

        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.tokens()).isEqualTo(ELEVEN_AND_SEVEN);
        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
    }

    @Test
    void estimatesTheStreamOfAResponseThatIsCut() {
        LlmCall call = cut(response(), """
                event: response.created
                data: {"type":"response.created","response":{"id":"r1","status":"in_progress","model":"gpt-4o","usage":null}}

                event: response.output_text.delta
                data: {"type":"response.output_text.delta","delta":"Hello there"}

                """);

        assertThat(call.status()).isEqualTo(CallStatus.CUT);
        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(8, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "in_progress"})
    void knowsNotWhatAResponseInTheBackgroundUses(String progress) {
        LlmCall call = read(
                post("/v1/responses", "{\"model\":\"o3\",\"background\":true,\"input\":\"x\"}"),
                "{\"id\":\"r1\",\"status\":\"" + progress + "\",\"model\":\"o3\",\"output\":[],\"usage\":null}");

        assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
        assertThat(call.isUncounted()).isTrue();
        assertThat(call.countNote()).isEqualTo("the service answered before the work was done");
    }

    @Test
    void knowsTheInputAloneOfACallThatDidNotEnd() {
        LlmCall call = Answers.open(chatStream(), 200).finish(CallStatus.UNFINISHED);

        assertThat(call.countSource()).isEqualTo(CountSource.PARTIAL);
        assertThat(call.tokens().input()).isPositive();
        assertThat(call.tokens().output()).isZero();
        assertThat(call.isOutputInPart()).isTrue();
        assertThat(call.countNote()).isEqualTo("counted in part with o200k_base: the call did not end");
    }

    @Test
    void isCompleteExactlyAtTheEndMarkOfAStream() {
        String upToTheMark = CONTENT + USAGE_CHUNK + "data: [DONE]";

        assertThat(bytesUntilComplete(chatStream(), upToTheMark + "\n\n")).isEqualTo(upToTheMark.length());
        assertThat(bytesUntilComplete(chatStream(), CONTENT + USAGE_CHUNK)).isEqualTo(-1);
        assertThat(bytesUntilComplete(chatStream(), "data: x[DONE]\n\ndata: \"[DONE]\"\n\n[DONE]\n\n"))
                .isEqualTo(-1);
    }

    @Test
    void isCompleteExactlyAtTheEndOfTheOutermostObject() {
        String body = "{\"choices\":[{\"message\":{\"content\":\"}]}\"}}]," + USAGE + "}";

        assertThat(bytesUntilComplete(chat(), body + "\n\n")).isEqualTo(body.length());
        assertThat(bytesUntilComplete(chat(), body.substring(0, body.length() - 1)))
                .isEqualTo(-1);
    }

    @Test
    void givesEqualDigestsToEqualRequestsOnly() {
        String digest = read(chat(), "{}").requestDigest();

        assertThat(digest)
                .hasSize(16)
                .isEqualTo(read(chat(), "{\"id\":\"other\"}").requestDigest());
        assertThat(read(chatStream(), "{}").requestDigest()).isNotEqualTo(digest);
        assertThat(read(post("/v1/responses", new String(chat().body(), UTF_8)), "{}")
                        .requestDigest())
                .isNotEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"messages\":5,\"stream\":{}}", "{\"messages\":[5,{\"content\":[5]}]}"})
    void estimatesAnswersToRequestsItHalfUnderstands(String request) {
        LlmCall call = read(post("/v1/chat/completions", request), "{\"model\":\"m\"," + USAGE + "}");

        assertThat(call.tokens()).isEqualTo(ELEVEN_AND_SEVEN);
        assertThat(call.requestedModel()).isNull();
        assertThat(read(post("/v1/chat/completions", request), "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}")
                        .countSource())
                .isIn(CountSource.ESTIMATED, CountSource.PARTIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "null", "{}"})
    void estimatesNothingWhereTheRequestHoldsNoPrompt(String request) {
        LlmCall call = read(post("/v1/chat/completions", request), "{\"model\":\"m\"," + USAGE + "}");

        assertThat(call.tokens()).isEqualTo(ELEVEN_AND_SEVEN);
        assertThat(call.requestedModel()).isNull();
        assertThat(read(post("/v1/chat/completions", request), "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}")
                        .countSource())
                .isEqualTo(CountSource.UNKNOWN);
    }
}
