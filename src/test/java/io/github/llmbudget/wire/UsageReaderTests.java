package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.bytesUntilComplete;
import static io.github.llmbudget.wire.Answers.chat;
import static io.github.llmbudget.wire.Answers.chatStream;
import static io.github.llmbudget.wire.Answers.cut;
import static io.github.llmbudget.wire.Answers.post;
import static io.github.llmbudget.wire.Answers.read;
import static io.github.llmbudget.wire.Answers.response;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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
    void takesTheLastUsageOfAStreamAsAWholeAndNeverAddsUp() {
        String stream = """
                data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":4}}}

                data: {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}

                data: {"choices":[],"usage":null,"moderation":{}}

                data: [DONE]

                """;

        assertThat(read(chatStream(), stream).tokens()).isEqualTo(ELEVEN_AND_SEVEN);
    }

    @Test
    void readsUsageWhereverItStandsInTheChunk() {
        assertThat(read(chatStream(), "data: {" + USAGE + ",\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n" + DONE)
                        .tokens())
                .isEqualTo(ELEVEN_AND_SEVEN);
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
    void ignoresWhatItDoesNotKnowInsideUsage() {
        assertThat(read(chat(), """
                        {"choices":[],"usage":{"latency_checkpoint":{"prompt_tokens":9,"a":[1,{"b":2}]},"queue_time":0.01,
                         "prompt_tokens":11,"prompt_tokens_details":null,"completion_tokens":7,
                         "completion_tokens_details":{"reasoning_tokens":null}}}""").tokens()).isEqualTo(ELEVEN_AND_SEVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "11.0", "1.1e1", "\"11\""})
    void readsWholeNumbersHoweverTheyAreWritten(String written) {
        assertThat(read(chat(), withInput(written)).tokens()).isEqualTo(ELEVEN_AND_SEVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-11", "11.5", "true", "1e99", "9223372036854775807", "{}", "[11]", "null"})
    void doesNotTakeAnythingElseForACountLeastOfAllForZero(String written) {
        LlmCall call = read(chat(), withInput(written));

        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens()).as("the estimated input, the reported output").isEqualTo(TokenCounts.of(8, 7));
    }

    @Test
    void takesTheOutputFromTheTotalWhereItIsNotGiven() {
        assertThat(read(chat(), "{\"usage\":{\"prompt_tokens\":11,\"total_tokens\":18}}")
                        .tokens())
                .isEqualTo(ELEVEN_AND_SEVEN);
    }

    private static String withInput(String written) {
        return "{\"choices\":[{\"message\":{\"content\":\"Hello there\"}}],\"usage\":{\"completion_tokens\":7,"
                + "\"prompt_tokens\":" + written + "}}";
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
                ": comment\n\n%1$s%2$s%3$s",
                ": OPENROUTER PROCESSING\n%1$s: ping\n%2$s:\n%3$s",
                "\uFEFF%1$s%2$s%3$s",
                "\n\n \n%1$s%2$s%3$s",
                "event: message\nid: 7\nretry: 10\n%1$s%2$s%3$s",
                "data:\n\n%1$s%2$s%3$s",
                "data: keep-alive\n\n%1$s%2$s%3$s",
                "data: {\"broken\":\n\n%1$s%2$s%3$s",
                "data: {\"broken\":\"tex\n\n%1$s%2$s%3$s",
                "%1$s%2$s%3$sdata: trailing\n\n"
            })
    void readsThroughWhatStandsAroundTheEvents(String around) {
        String body = String.format(around, CONTENT, USAGE_CHUNK, DONE);

        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            byte[] bytes = body.replace("\n", lineEnd).getBytes(UTF_8);
            for (int piece : new int[] {bytes.length, 1, 2, 3}) {
                LlmCall call = read(chatStream(), 200, bytes, CallStatus.COMPLETE, piece);
                assertThat(call.tokens()).isEqualTo(ELEVEN_AND_SEVEN);
                assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
                assertThat(call.answeredModel()).isEqualTo("gpt-4o-2024-08-06");
            }
        }
    }

    @Test
    void readsDataWithoutASpaceAndOverSeveralLines() {
        assertThat(read(chatStream(), USAGE_CHUNK.replace("data: ", "data:")).tokens())
                .isEqualTo(ELEVEN_AND_SEVEN);
        assertThat(read(
                                chatStream(),
                                "data: {\"choices\":[],\ndata:\"usage\":{\"prompt_tokens\":11,\ndata: \"completion_tokens\""
                                        + "\ndata: :7\ndata: }}\n\n")
                        .tokens())
                .isEqualTo(ELEVEN_AND_SEVEN);
    }

    @Test
    void keepsTheLastEventThoughNoBlankLineEndsIt() {
        assertThat(read(chatStream(), CONTENT + USAGE_CHUNK.strip()).tokens()).isEqualTo(ELEVEN_AND_SEVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\n\n", "   \r\n\t", "\uFEFF"})
    void readsJsonAfterWhiteSpace(String before) {
        assertThat(read(chat(), before + "{\"choices\":[]," + USAGE + "}").tokens())
                .isEqualTo(ELEVEN_AND_SEVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u2029", "\u0085", "\uD83D\uDE00"})
    void takesNoOtherCharacterForALineEnd(String character) {
        String body =
                "data: {\"choices\":[{\"delta\":{\"content\":\"a" + character + "b\"}}]," + USAGE + "}\n\n" + DONE;

        assertThat(read(chatStream(), 200, body.getBytes(UTF_8), CallStatus.COMPLETE, 1)
                        .tokens())
                .isEqualTo(ELEVEN_AND_SEVEN);
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
    void estimatesWhatAStreamGaveBeforeItsError() {
        LlmCall call = read(chatStream(), CONTENT + "data: {\"error\":{\"message\":\"overloaded\"}}\n\n");

        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(8, 2));
    }

    @Test
    void estimatesAStreamThatIsCut() {
        LlmCall call = cut(chatStream(), CONTENT + "data: {\"choi");

        assertThat(call.status()).isEqualTo(CallStatus.CUT);
        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(8, 2));
        assertThat(call.countNote()).isEqualTo("estimated with o200k_base: the answer broke off");
    }

    @Test
    void keepsTheUsageOfAStreamThatIsCutAfterIt() {
        LlmCall call = cut(chatStream(), CONTENT + USAGE_CHUNK);

        assertThat(call.status()).isEqualTo(CallStatus.CUT);
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
    @CsvSource({
        "response.completed, completed, COMPLETE",
        "response.incomplete, incomplete, COMPLETE",
        "response.failed, failed, FAILED"
    })
    void readsEachLastEventOfAResponse(String event, String progress, CallStatus status) {
        String error = status == CallStatus.FAILED ? "{\"code\":\"server_error\"}" : "null";
        String stream = "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"status\":"
                + "\"in_progress\",\"service_tier\":\"auto\",\"usage\":null,\"error\":null}}\n\nevent: " + event
                + "\ndata: {\"type\":\"" + event + "\",\"response\":{\"id\":\"r1\",\"model\":\"gpt-4o-2024-08-06\","
                + "\"status\":\"" + progress + "\",\"error\":" + error + ",\"service_tier\":\"default\",\"usage\":"
                + "{\"input_tokens\":11,\"output_tokens\":7}}}\n\n";
        LlmCall call = read(response(), stream);

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.tokens()).isEqualTo(ELEVEN_AND_SEVEN);
        assertThat(call.responseId()).isEqualTo("r1");
        assertThat(call.serviceTier()).isEqualTo("default");
        assertThat(bytesUntilComplete(response(), stream))
                .isEqualTo(stream.strip().length());
    }

    @Test
    void readsAResponseThatFailedWithoutUsageAsAFailedCall() {
        LlmCall call = read(response(), """
                data: {"type":"response.created","response":{"status":"in_progress","usage":null}}

                data: {"type":"error","sequence_number":2,"error":{"type":"x","code":"y","message":"z"}}

                data: {"type":"response.failed","response":{"status":"failed","error":{"code":"y"},"usage":null}}

                """);

        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.isUncounted()).isFalse();
        assertThat(call.tokens()).isEqualTo(TokenCounts.NONE);
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
    void knowsNotWhatACallUsesThatDidNotEnd() {
        LlmCall call = Answers.open(chatStream(), 200).finish(CallStatus.UNFINISHED);

        assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
        assertThat(call.isUncounted()).isTrue();
        assertThat(call.countNote()).isEqualTo("the call did not end");
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
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "null",
                "{\"messages\":5,\"stream\":{}}",
                "{\"messages\":[5,{\"content\":[5]}]}"
            })
    void readsAnswersToRequestsItDoesNotUnderstand(String request) {
        LlmCall call = read(post("/v1/chat/completions", request), "{\"model\":\"m\"," + USAGE + "}");

        assertThat(call.tokens()).isEqualTo(ELEVEN_AND_SEVEN);
        assertThat(call.requestedModel()).isNull();
        assertThat(read(post("/v1/chat/completions", request), "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}")
                        .countSource())
                .isEqualTo(CountSource.ESTIMATED);
    }

    @Property(tries = 300)
    void neverFailsWhateverTheAnswerIs(
            @ForAll byte[] garbage, @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> pieces) {
        int[] lengths = pieces.stream().mapToInt(Integer::intValue).toArray();

        assertThat(read(chatStream(), 200, garbage, CallStatus.COMPLETE, lengths))
                .isEqualTo(read(chatStream(), 200, garbage, CallStatus.COMPLETE, garbage.length + 1));
    }
}
