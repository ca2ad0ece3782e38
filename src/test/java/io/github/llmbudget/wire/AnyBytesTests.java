package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.WHOLE;
import static io.github.llmbudget.wire.Answers.open;
import static io.github.llmbudget.wire.Answers.post;
import static io.github.llmbudget.wire.Answers.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a service answers and however it is cut, reading it never fails and always tells the same. */
class AnyBytesTests {

    /** A request of some family and what its service may answer. */
    private record Exchange(HttpExchange.Request request, byte[] answer) {

        Exchange(String path, String request, String answer) {
            this(post(path, request), answer.getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return request.toString();
        }
    }

    private record Circumstances(HttpExchange.Response head, CallStatus status, int[] pieces) {

        @Override
        public String toString() {
            return head + " " + status + " in " + Arrays.toString(pieces);
        }
    }

    private static final List<Exchange> EXCHANGES = List.of(
            new Exchange("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}", """
                    : keep-alive

                    data: {"id":"c1","model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{"content":"Gr\u00fc\u00dfe"},\
                    "finish_reason":null}],"usage":null}

                    data: {"id":"c1","choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]},\
                    "index":1}],"x_groq":{"id":"r","usage":{"prompt_tokens":2,"completion_tokens":1}}}

                    data: {"id":"c1","choices":[],"service_tier":"default","usage":{"prompt_tokens":19,\
                    "completion_tokens":10,"total_tokens":29,"cost":0.5,"prompt_tokens_details":{"cached_tokens":8},\
                    "completion_tokens_details":{"reasoning_tokens":4,"audio_tokens":1}}}

                    data: [DONE]

                    """),
            new Exchange("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[{\"content\":\"Hi\"}]}", """
                    {"id":"c1","model":"gpt-4o-2024-08-06","choices":[{"message":{"content":"a \\"b\\" \\u00e9 \\\\",\
                    "refusal":null},"index":0}],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}}"""),
            new Exchange("/v1/completions", "{\"model\":\"davinci-002\",\"prompt\":\"Hi\"}", """
                    {"id":"c1","model":"davinci-002","choices":[{"text":" there","index":0}],"usage":{"prompt_tokens":2,\
                    "total_tokens":5}}"""),
            new Exchange("/v1/responses", "{\"model\":\"gpt-5\",\"stream\":true,\"input\":\"Hi\"}", """
                    event: response.created
                    data: {"type":"response.created","response":{"id":"r1","status":"in_progress","usage":null}}

                    event: response.output_text.delta
                    data: {"type":"response.output_text.delta","delta":"Hello","obfuscation":"x"}

                    event: response.completed
                    data: {"type":"response.completed","response":{"id":"r1","status":"completed","model":"gpt-5",\
                    "error":null,"output":[{"type":"web_search_call"}],"usage":{"input_tokens":19,"output_tokens":10,\
                    "output_tokens_details":{"reasoning_tokens":4},"total_tokens":29}}}

                    """),
            new Exchange("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"Hi\"}", """
                    {
                      "id": "r1", "status": "completed", "model": "gpt-5",
                      "output": [{"type": "message", "content": [{"type": "output_text", "text": "Hello"}]}],
                      "usage": {"input_tokens": 19, "output_tokens": 10, "total_tokens": 29}
                    }
                    """),
            new Exchange("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"Hi\"}", """
                    {"data":[{"embedding":[0.1,-2e-3]}],"model":"text-embedding-3-small","usage":{"prompt_tokens":1,\
                    "total_tokens":1}}"""),
            new Exchange("/v1/moderations", "{\"input\":\"Hi\"}", "{\"id\":\"m1\",\"results\":[{\"flagged\":false}]}"),
            new Exchange("/v1/images/generations", "{\"model\":\"gpt-image-1\"}", """
                    {"data":[{"b64_json":"aGk="}],"usage":{"input_tokens":5,"output_tokens":7,"total_tokens":12}}"""),
            new Exchange("/v1/audio/speech", "{\"stream_format\":\"sse\"}", """
                    data: {"type":"speech.audio.done","usage":{"input_tokens":14,"output_tokens":101}}

                    """),
            new Exchange("/v1/audio/transcriptions", "", """
                    {"text":"Hi","duration":8.47,"usage":{"type":"duration","seconds":9}}"""),
            new Exchange("/v1/batches", "{}", """
                    {"id":"b1","status":"completed","usage":{"input_tokens":5,"output_tokens":7,"total_tokens":12}}"""),
            new Exchange("/v1/threads/t1/runs", "{\"stream\":true}", """
                    event: thread.run.completed
                    data: {"id":"run_1","object":"thread.run","status":"completed","usage":{"prompt_tokens":4,\
                    "completion_tokens":2}}

                    event: done
                    data: [DONE]

                    """),
            new Exchange("/v1/messages", "{\"model\":\"claude-opus-4-6\",\"stream\":true,\"messages\":[]}", """
                    event: message_start
                    data: {"type":"message_start","message":{"id":"msg_1","model":"claude-opus-4-6","usage":{\
                    "input_tokens":17,"cache_creation":{"ephemeral_1h_input_tokens":3},"output_tokens":1}}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Hello"}}

                    event: message_delta
                    data: {"type":"message_delta","usage":{"output_tokens":20,"iterations":[{"type":"compaction",\
                    "model":"m","input_tokens":2,"output_tokens":3}],"server_tool_use":{"web_search_requests":1}}}

                    event: message_stop
                    data: {"type":"message_stop"}

                    """),
            new Exchange("/v1beta/models/gemini-2.5-flash:streamGenerateContent", "{}", """
                    [{"candidates":[{"content":{"parts":[{"text":"Hello"}]},"index":0}],
                      "usageMetadata":{"promptTokenCount":9}}
                    ,
                    {"candidates":[{"groundingMetadata":{"webSearchQueries":["q"]}}],"usageMetadata":{"promptTokenCount":9,\
                    "candidatesTokenCount":3,"thoughtsTokenCount":2,"totalTokenCount":14,"promptTokensDetails":[\
                    {"modality":"AUDIO","tokenCount":4}]},"modelVersion":"gemini-2.5-flash"}
                    ]"""),
            new Exchange("/v1beta/models/gemini-embedding-001:predict", "{}", """
                    {"predictions":[{"embeddings":{"statistics":{"token_count":4}}}]}"""),
            new Exchange("/api/chat", "{\"model\":\"llama3.2\"}", """
                    {"model":"llama3.2","message":{"content":"Hello"},"done":false}
                    {"model":"llama3.2","done":true,"prompt_eval_count":26,"eval_count":298}
                    """),
            new Exchange("/api/generate", "{\"model\":\"llama3.2\"}", """
                    {"model":"llama3.2","response":"Hello","done":true,"eval_count":3}
                    """),
            new Exchange("/api/embed", "{\"model\":\"m\",\"input\":[\"Hi\"]}", """
                    {"model":"m","embeddings":[[0.1]],"prompt_eval_count":2}"""),
            new Exchange("/ml/v1/text/generation_stream", "{}", """
                    id: 1
                    event: message
                    data: {"model_id":"m","results":[{"generated_text":"Hi","input_token_count":5,\
                    "generated_token_count":1}]}

                    """),
            new Exchange("/v1/rerank", "{}", "{\"data\":[],\"usage\":{\"total_tokens\":26}}"),
            new Exchange("/v2/chat", "{}", "{\"usage\":{\"billed_units\":{\"input_tokens\":5}}}"));

    @Property(tries = 500)
    void readsBytesThatAreAnything(
            @ForAll("exchanges") Exchange exchange,
            @ForAll("circumstances") Circumstances circumstances,
            @ForAll @Size(max = 400) byte[] bytes) {
        assertSameHoweverCut(exchange, bytes, circumstances);
    }

    @Property(tries = 1000)
    void readsAnyMixOfWhatAnswersAreMadeOf(
            @ForAll("exchanges") Exchange exchange,
            @ForAll("circumstances") Circumstances circumstances,
            @ForAll("mixes") byte[] bytes) {
        assertSameHoweverCut(exchange, bytes, circumstances);
    }

    @Property(tries = 1000)
    void readsAnyBeginningOfAnAnswer(
            @ForAll("exchanges") Exchange exchange,
            @ForAll("circumstances") Circumstances circumstances,
            @ForAll @DoubleRange(max = 1) double share) {
        byte[] answer = exchange.answer();

        assertSameHoweverCut(exchange, Arrays.copyOf(answer, (int) Math.round(answer.length * share)), circumstances);
    }

    @Property(tries = 1000)
    void readsAnAnswerThatIsDamagedAnywhere(
            @ForAll("exchanges") Exchange exchange,
            @ForAll("circumstances") Circumstances circumstances,
            @ForAll @DoubleRange(max = 1) double place,
            @ForAll @IntRange(max = 9) int missing,
            @ForAll("mixes") byte[] instead) {
        byte[] answer = exchange.answer();
        int at = (int) Math.round(answer.length * place);
        int rest = Math.min(answer.length, at + missing);
        var damaged = new ByteArrayOutputStream();
        damaged.write(answer, 0, at);
        damaged.writeBytes(Arrays.copyOf(instead, Math.min(20, instead.length)));
        damaged.write(answer, rest, answer.length - rest);

        assertSameHoweverCut(exchange, damaged.toByteArray(), circumstances);
    }

    @Property(tries = 200)
    void saysOnlyThatAnAnswerIsCompleteWhenNothingCanChangeTheCall(@ForAll("exchanges") Exchange exchange) {
        byte[] answer = exchange.answer();
        LlmCall whole = read(exchange.request(), 200, answer, CallStatus.COMPLETE, WHOLE);
        UsageReader reader = open(exchange.request(), 200);
        for (int at = 0; at < answer.length && !reader.isComplete(); at++) {
            reader.accept(answer, at, 1);
        }

        assertThat(reader.finish(CallStatus.COMPLETE)).isEqualTo(whole);
    }

    private static void assertSameHoweverCut(Exchange exchange, byte[] bytes, Circumstances circumstances) {
        LlmCall whole = read(asked(exchange, circumstances), bytes, circumstances.status(), WHOLE);

        assertThat(read(asked(exchange, circumstances), bytes, circumstances.status(), circumstances.pieces()))
                .isEqualTo(whole);
        assertThat(read(asked(exchange, circumstances), bytes, circumstances.status(), 1))
                .isEqualTo(whole);
    }

    private static UsageReader asked(Exchange exchange, Circumstances circumstances) {
        return new Asked(open(exchange.request(), circumstances.head()));
    }

    /** A reader that is asked after each piece what it can be asked. */
    private record Asked(UsageReader reader) implements UsageReader {

        @Override
        public void begin(HttpExchange.Response response) {
            reader.begin(response);
        }

        @Override
        public void accept(byte[] bytes, int offset, int length) {
            boolean hadText = reader.hasText();
            reader.accept(bytes, offset, length);
            assertThat(reader.isComplete()).isEqualTo(reader.isComplete());
            assertThat(reader.hasText() || !hadText).isTrue();
        }

        @Override
        public boolean isComplete() {
            return reader.isComplete();
        }

        @Override
        public LlmCall finish(CallStatus status) {
            return reader.finish(status);
        }
    }

    @Provide
    Arbitrary<Exchange> exchanges() {
        return Arbitraries.of(EXCHANGES);
    }

    @Provide
    Arbitrary<Circumstances> circumstances() {
        Arbitrary<HttpExchange.Response> heads = Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(200)),
                                Tuple.of(1, Arbitraries.integers().between(100, 599))),
                        Arbitraries.of("identity", "identity", "identity", "gzip", "deflate", "br", "zstd", "a, b", ""))
                .as((status, encoding) -> Answers.head(status, "Content-Encoding: " + encoding));
        Arbitrary<int[]> pieces = Arbitraries.integers()
                .between(1, 60)
                .array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(6);
        return Combinators.combine(heads, Arbitraries.of(CallStatus.class), pieces)
                .as(Circumstances::new);
    }

    @Provide
    Arbitrary<byte[]> mixes() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"",
                        "\\",
                        "\\u",
                        "\\u00",
                        "null",
                        "true",
                        "-1",
                        "12",
                        "0.5e3",
                        " ",
                        "\n",
                        "\r",
                        "\r\n",
                        "\n\n",
                        "\uFEFF",
                        "\u00e9",
                        "\u2028",
                        "\uD83D\uDE00",
                        "data:",
                        "data: ",
                        "event: error",
                        ": ping",
                        "id: 1",
                        "[DONE]",
                        "{}",
                        "\"type\":",
                        "\"object\":\"thread.run\"",
                        "\"error\":",
                        "\"usage\":{",
                        "\"usageMetadata\":{",
                        "\"prompt_tokens\":",
                        "\"input_tokens\":3",
                        "\"output_tokens\":",
                        "\"total_tokens\":7",
                        "\"cost\":",
                        "\"choices\":[{",
                        "\"index\":",
                        "\"delta\":{\"content\":\"",
                        "\"response\":{",
                        "\"message\":{",
                        "\"iterations\":[{",
                        "\"results\":[{",
                        "\"done\":true",
                        "\"status\":\"queued\"",
                        "\"embeddings\":[",
                        "\"model\":\"m\"")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts).getBytes(UTF_8));
    }
}
