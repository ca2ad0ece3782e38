package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.post;
import static io.github.llmbudget.wire.Answers.readInPieces;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.usage.UsageLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers without usage, of which the texts must be found and put together. */
class UnreportedAnswersTests {

    private static final String QUESTION = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    private static final HttpExchange.Request STREAM =
            post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true," + QUESTION + "}");
    private static final HttpExchange.Request RESPONSE_STREAM =
            post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"hello\"}");

    private final TokenCounter tokens = new TokenCounter();

    /** Services differ in where they put the numbers of alternatives and calls. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":%1$d,\"delta\":{\"tool_calls\":[{\"index\":%2$d,\"function\":{%3$s}}]}}",
                "{\"delta\":{\"tool_calls\":[{\"function\":{%3$s},\"index\":%2$d}]},\"index\":%1$d}",
                "{\"delta\":{\"tool_calls\":[{\"index\":%2$d,\"function\":{%3$s}}]},\"index\":%1$d}",
                "{\"index\":%1$d,\"delta\":{\"tool_calls\":[{\"function\":{%3$s},\"index\":%2$d}]}}"
            })
    void putsTheCallsOfEachAlternativeTogether(String delta) {
        StringBuilder stream = new StringBuilder();
        for (String piece : List.of(
                "0 0 \"name\":\"add\",\"arguments\":\"\"",
                "0 1 \"name\":\"sub\",\"arguments\":\"\"",
                "1 0 \"name\":\"mul\",\"arguments\":\"\"",
                "0 0 \"arguments\":\"{\\\"first\"",
                "1 0 \"arguments\":\"{\\\"only\"",
                "0 1 \"arguments\":\"{\\\"second\"",
                "0 1 \"arguments\":\"Long\\\":2}\"",
                "0 0 \"arguments\":\"Long\\\":1}\"",
                "1 0 \"arguments\":\"One\\\":3}\"")) {
            String[] parts = piece.split(" ", 3);
            String choice = delta.formatted(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
            stream.append("data: {\"model\":\"gpt-4o\",\"choices\":[")
                    .append(choice)
                    .append("]}\n\n");
        }
        stream.append("data: [DONE]\n\n");

        LlmCall call = readInPieces(STREAM, stream.toString());

        String both = "{\"tool_uses\":[{\"recipient_name\":\"functions.add\",\"parameters\":{\"firstLong\":1}},"
                + "{\"recipient_name\":\"functions.sub\",\"parameters\":{\"secondLong\":2}}]}";
        assertThat(call.tokens().output())
                .isEqualTo(count(both) + 10 + count("functions.mul") + count("{\"onlyOne\":3}") + 6);
    }

    @Test
    void takesCallsWithoutNumbersInTheirOrder() {
        String call = "{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{}\"}}";
        LlmCall read = readInPieces(
                post("/v1/chat/completions", "{\"model\":\"gpt-4o\"," + QUESTION + "}"),
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":null,\"tool_calls\":[" + call + "," + call
                        + "]}}]}");

        String both = "{\"tool_uses\":[{\"recipient_name\":\"functions.add\",\"parameters\":{}},"
                + "{\"recipient_name\":\"functions.add\",\"parameters\":{}}]}";
        assertThat(read.tokens().output()).isEqualTo(count(both) + 10);
    }

    @Test
    void takesAnotherNameForAnotherCallWhateverItsNumber() {
        String delta =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"%s\","
                        + "\"arguments\":\"{}\"}}]}}]}\n\n";

        LlmCall read = readInPieces(STREAM, delta.formatted("add") + delta.formatted("sub") + "data: [DONE]\n\n");

        String both = "{\"tool_uses\":[{\"recipient_name\":\"functions.add\",\"parameters\":{}},"
                + "{\"recipient_name\":\"functions.sub\",\"parameters\":{}}]}";
        assertThat(read.tokens().output()).isEqualTo(count(both) + 10);
    }

    @Test
    void putsTheItemsOfAResponseTogether() {
        LlmCall call = cut(RESPONSE_STREAM, """
                data: {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m1"}}

                data: {"type":"response.output_text.delta","output_index":0,"delta":"Hello"}

                data: {"type":"response.output_text.delta","output_index":0,"delta":" there"}

                data: {"type":"response.output_text.done","output_index":0,"text":"Hello there"}

                data: {"type":"response.reasoning_summary_text.delta","output_index":1,"delta":"Not billed as it stands"}

                data: {"type":"response.output_item.added","output_index":2,"item":{"type":"function_call","name":"add"}}

                data: {"type":"response.function_call_arguments.delta","output_index":2,"delta":"{\\"a\\""}

                data: {"delta":":1}","output_index":2,"type":"response.function_call_arguments.delta"}

                data: {"delta":"Not billed as it stands","output_index":1,"type":"response.reasoning_summary_text.delta"}

                data: {"type":"response.output_item.done","output_index":2,"item":{"type":"function_call","name":"add","arguments":"{\\"a\\":1}"}}

                """);

        assertThat(call.outputEstimate()).isNotNull();
        assertThat(call.outputEstimate().reasons()).containsExactly(EstimateReason.ANSWER_CUT);
        assertThat(call.tokens().output()).isEqualTo(2 + count("add") + count("{\"a\":1}"));
    }

    @Test
    void countsOnlyWhatCameOfAStreamThatIsCut() {
        LlmCall call = cut(STREAM, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello there\"}}]}\n\n");

        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens().output()).isEqualTo(2);
        assertThat(call.countNote()).isEqualTo("estimated with o200k_base: the answer broke off");
    }

    @Test
    void countsATextThatIsTooLongToBeKept() {
        String line = "Refunds take five days, größer als \\u00fcblich.\\n";
        StringBuilder stream = new StringBuilder();
        StringBuilder text = new StringBuilder();
        while (text.length() < 3 << 20) {
            stream.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
                    .append(line.repeat(400))
                    .append("\"}}]}\n\n");
            text.append(JsonText.unescaped(line).repeat(400));
        }
        stream.append("data: [DONE]\n\n");

        LlmCall call = Answers.read(
                STREAM, 200, stream.toString().getBytes(StandardCharsets.UTF_8), CallStatus.COMPLETE, 8191);

        assertThat(call.tokens().output()).isEqualTo(count(text.toString()));
    }

    @Test
    void estimatesOfOneSideOnlyWhatTheServiceLeftOut() {
        LlmCall call = readInPieces(
                post("/v1/chat/completions", "{\"model\":\"gpt-4o\"," + QUESTION + "}"),
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello there\"}}],\"usage\":{\"prompt_tokens\":99}}");

        assertThat(call.tokens().input()).isEqualTo(99);
        assertThat(call.inputEstimate()).isNull();
        assertThat(call.outputEstimate()).hasToString("~2");
    }

    @Test
    void countsTheTextsOfOthersWithTheTokenizerOfOpenAi() {
        LlmCall call = readInPieces(
                post("/v1/chat/completions", "{\"model\":\"mistral-large-latest\"," + QUESTION + "}"),
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello there\"}}]}");

        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.inputEstimate()).hasToString("~1 (foreign-tokenizer)");
        assertThat(call.outputEstimate()).hasToString("~2 (foreign-tokenizer)");
        assertThat(call.countNote())
                .isEqualTo(
                        "estimated with o200k_base: the answer came without usage; the service's own tokenizer is not"
                                + " published (foreign-tokenizer)");
    }

    @Test
    void countsAModelNobodyKnowsAsOneOfOpenAi() {
        LlmCall call = readInPieces(
                post("/v1/chat/completions", "{\"model\":\"our-deployment\"," + QUESTION + "}"),
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello there\"}}]}");

        assertThat(call.inputEstimate()).hasToString("~8 (unknown-model)");
    }

    @Test
    void continuesTheAnswersThatTheSameTestHasSeen() {
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);
        exchange(
                ledger,
                "{\"model\":\"gpt-5\",\"input\":\"hello\"}",
                "{\"id\":\"resp_1\",\"model\":\"gpt-5\",\"status\":\"completed\",\"output\":["
                        + "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"encrypted_content\":\"gAAAA1\"},"
                        + "{\"id\":\"m_1\",\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"hi\"}]}],"
                        + "\"usage\":{\"input_tokens\":7,\"output_tokens\":70,"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":64}}}");
        exchange(ledger, "{\"model\":\"gpt-5\",\"previous_response_id\":\"resp_1\",\"input\":\"hello\"}", UNREPORTED);
        exchange(
                ledger,
                "{\"model\":\"gpt-5\",\"input\":[{\"role\":\"user\",\"content\":\"hello\"},"
                        + "{\"type\":\"reasoning\",\"encrypted_content\":\"gAAAA1\"}]}",
                UNREPORTED);
        exchange(ledger, "{\"model\":\"gpt-5\",\"previous_response_id\":\"resp_9\",\"input\":\"hello\"}", UNREPORTED);

        List<LlmCall> calls = ledger.usage().calls();
        assertThat(calls.get(1).inputEstimate()).hasToString("~20");
        assertThat(calls.get(2).inputEstimate()).hasToString("~71");
        assertThat(calls.get(3).inputEstimate()).hasToString(">=7 (server-side-history)");
        assertThat(ledger.failures()).isEmpty();
    }

    private static final String UNREPORTED = "{\"model\":\"gpt-5\",\"status\":\"completed\",\"output\":["
            + "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"hi\"}]}]}";

    private static void exchange(UsageLedger ledger, String request, String answer) {
        HttpExchange.Request post = post("/v1/responses", request);
        CallWatch watch = CallWatch.of(WireFormats.all().find(post), post, ledger, Origin.LIVE);
        watch.answered(new HttpExchange.Response(200, List.of()));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        watch.passed(bytes, 0, bytes.length);
        watch.ended(CallStatus.COMPLETE);
    }

    private static LlmCall cut(HttpExchange.Request request, String stream) {
        return Answers.read(request, 200, stream.getBytes(StandardCharsets.UTF_8), CallStatus.CUT, Answers.WHOLE);
    }

    private long count(String text) {
        return tokens.ofText(text, "gpt-4o");
    }
}
