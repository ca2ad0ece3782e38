package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.bytesUntilComplete;
import static io.github.llmbudget.wire.Answers.chat;
import static io.github.llmbudget.wire.Answers.chatStream;
import static io.github.llmbudget.wire.Answers.cutInPieces;
import static io.github.llmbudget.wire.Answers.head;
import static io.github.llmbudget.wire.Answers.open;
import static io.github.llmbudget.wire.Answers.post;
import static io.github.llmbudget.wire.Answers.readCutInTwoAnywhere;
import static io.github.llmbudget.wire.Answers.readInPieces;
import static io.github.llmbudget.wire.Answers.response;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.usage.UsageLedger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers of real services look like that readers are known to stumble over. */
class RobustnessTests {

    private static final String FIRST = """
            data: {"id":"chatcmpl-B7","object":"chat.completion.chunk","created":1741570283,\
            "model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1",\
            "choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}

            """;
    private static final String CONTENT = """
            data: {"id":"chatcmpl-B7","object":"chat.completion.chunk","created":1741570283,\
            "model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{"content":"Hello there"},\
            "finish_reason":null}],"usage":null,"obfuscation":"w7aV"}

            """;
    private static final String FINISH = """
            data: {"id":"chatcmpl-B7","object":"chat.completion.chunk","created":1741570283,\
            "model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

            """;
    private static final String USAGE = """
            "usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}""";
    private static final String USAGE_CHUNK = """
            data: {"id":"chatcmpl-B7","object":"chat.completion.chunk","created":1741570283,\
            "model":"gpt-4o-2024-08-06","choices":[],%s}

            """.formatted(USAGE);
    private static final String DONE = "data: [DONE]\n\n";
    private static final String STREAM = FIRST + CONTENT + FINISH + USAGE_CHUNK + DONE;
    private static final String JSON = """
            {"id":"chatcmpl-B7","object":"chat.completion","created":1741570283,"model":"gpt-4o-2024-08-06",\
            "choices":[{"index":0,"message":{"role":"assistant","content":"Hello there"},"finish_reason":"stop"}],\
            %s,"service_tier":"default"}""".formatted(USAGE);
    private static final TokenCounts TOKENS = TokenCounts.of(19, 10);

    /** What {@link #STREAM} tells when nothing is odd about it. */
    private static final LlmCall STREAMED = readInPieces(chatStream(), STREAM);

    private static final HttpExchange.Request IMAGES =
            post("/v1/images/generations", "{\"model\":\"gpt-image-1\",\"stream\":true,\"prompt\":\"a tree\"}");
    private static final HttpExchange.Request ANTHROPIC =
            post("/v1/messages", "{\"model\":\"claude-sonnet-4-5\",\"stream\":true,\"messages\":[]}");
    private static final HttpExchange.Request GEMINI =
            post("/v1beta/models/gemini-2.5-flash:streamGenerateContent", "{\"contents\":[]}");

    @Test
    void readsAStreamThatIsWellFormed() {
        assertThat(STREAMED.tokens()).isEqualTo(TOKENS);
        assertThat(STREAMED.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(STREAMED.status()).isEqualTo(CallStatus.COMPLETE);
        assertThat(STREAMED.answeredModel()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(STREAMED.responseId()).isEqualTo("chatcmpl-B7");
        assertThat(STREAMED.serviceTier()).isEqualTo("default");
        assertThat(STREAMED.anomalies()).isEmpty();
    }

    // 1
    @Test
    void readsLinesThatEndInCarriageReturnAndLineFeed() {
        assertSameAsWellFormed(STREAM.replace("\n", "\r\n"));

        LlmCall transcription = readInPieces(
                post("/v1/audio/transcriptions", "{\"model\":\"gpt-4o-transcribe\",\"stream\":true}"),
                """
                        data: {"type":"transcript.text.delta","delta":"Hello"}

                        data: {"type":"transcript.text.done","text":"Hello","usage":{"type":"tokens",\
                        "total_tokens":31,"input_tokens":29,"input_token_details":{"text_tokens":0,"audio_tokens":29},\
                        "output_tokens":2}}

                        data: [DONE]

                        """.replace("\n", "\r\n"));
        assertThat(transcription.tokens()).isEqualTo(new TokenCounts(29, 0, 0, 29, 2, 0, 0));
    }

    // 2
    @Test
    void readsLinesThatEndInCarriageReturnOnlyOrWhoseTwoLineEndsComeApart() {
        assertSameAsWellFormed(STREAM.replace("\n", "\r"));
        assertThat(readCutInTwoAnywhere(chatStream(), STREAM.replace("\n", "\r\n")))
                .isEqualTo(STREAMED);
        assertThat(readCutInTwoAnywhere(chatStream(), STREAM.replace("\n", "\r")))
                .isEqualTo(STREAMED);
    }

    // 3
    @ParameterizedTest
    @ValueSource(strings = {": OPENROUTER PROCESSING", ": keep-alive", ": ping", ":", ":data: {\"usage\":{}}"})
    void ignoresCommentsBeforeBetweenAndGluedToEvents(String comment) {
        String apart = comment + "\n\n";
        String glued = comment + "\n";

        assertSameAsWellFormed(apart + apart + FIRST + apart + CONTENT + FINISH + apart + USAGE_CHUNK + apart + DONE);
        assertSameAsWellFormed(glued + FIRST + glued + glued + CONTENT + FINISH + glued + USAGE_CHUNK + glued + DONE);
        assertSameAsWellFormed(STREAM.replace("\n\n", "\n" + glued + "\n"));
    }

    // 4
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\n         \n\n         \n", "   \r\n\t\r\n", "\r\r"})
    void readsJsonAfterWhiteSpace(String before) {
        assertThat(readInPieces(chat(), before + JSON)).isEqualTo(readInPieces(chat(), JSON));
        assertThat(readInPieces(chat(), JSON).tokens()).isEqualTo(TOKENS);
    }

    // 5
    @Test
    void readsDataWithoutTheSpaceAndSkipsDataThatIsEmpty() {
        assertSameAsWellFormed(STREAM.replace("data: ", "data:"));
        assertSameAsWellFormed("data:\n\n" + FIRST + "data: \n\n" + CONTENT + "data\n\n" + FINISH + USAGE_CHUNK
                + "data:\n\ndata:\n\n" + DONE);
    }

    // 6
    @Test
    void joinsTheDataLinesOfOneEvent() {
        String split = USAGE_CHUNK
                .replace(",\"model\"", ",\ndata: \"model\"")
                .replace("\"prompt_tokens\":", "\ndata:\"prompt_tokens\"\ndata: :\ndata: ")
                .replace("}}", "\ndata: }\n: comment\ndata:\ndata: }");

        assertThat(split.lines().filter(line -> line.startsWith("data:"))).hasSize(8);
        assertSameAsWellFormed(FIRST + CONTENT + FINISH + split + DONE);
        assertSameAsWellFormed((FIRST + CONTENT + FINISH + split + DONE).replace("\n", "\r\n"));
    }

    // 7
    @Test
    void ignoresTheOtherFieldsOfEvents() {
        String fields = "id: 1\nevent: message\nretry: 3000\ndataset: {\"usage\":{}}\nno field at all\n";

        assertSameAsWellFormed(STREAM.replace("data: {", fields + "data: {"));
        assertSameAsWellFormed(STREAM.replace("}\n\n", "}\nid: 1\nevent: message\n\n"));
    }

    // 8
    @Test
    void skipsAByteOrderMarkThoughItComesInPieces() {
        assertSameAsWellFormed("\uFEFF" + STREAM);
        assertThat(readCutInTwoAnywhere(chatStream(), "\uFEFF" + STREAM)).isEqualTo(STREAMED);
        assertThat(readCutInTwoAnywhere(chatStream(), "\uFEFF" + STREAM.replace("data: ", "data:")))
                .isEqualTo(STREAMED);
        assertThat(readCutInTwoAnywhere(chat(), "\uFEFF" + JSON)).isEqualTo(readInPieces(chat(), JSON));
    }

    // 9
    @Test
    void readsCharactersThatAreCutInTheMiddle() {
        String text = "Gr\u00fc\u00dfe, \u4f60\u597d \uD83D\uDE00\uD83C\uDF0D";
        String model = "mod\u00e8le-\u6a21-\uD83D\uDE00";
        String body =
                (FIRST + CONTENT.replace("Hello there", text) + USAGE_CHUNK + DONE).replace("gpt-4o-2024-08-06", model);
        LlmCall counted = readCutInTwoAnywhere(chatStream(), body);
        LlmCall estimated =
                readCutInTwoAnywhere(chatStream(), body.replace(USAGE_CHUNK.replace("gpt-4o-2024-08-06", model), ""));

        assertThat(readInPieces(chatStream(), body)).isEqualTo(counted);
        assertThat(counted.tokens()).isEqualTo(TOKENS);
        assertThat(counted.answeredModel()).isEqualTo(model);
        assertThat(estimated.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(estimated.tokens().output()).isEqualTo(tokensOf(text));
    }

    // 10
    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u2029", "\u0085", "\u000B", "\f", "\u001C"})
    void takesNoOtherCharacterForALineEnd(String character) {
        assertSameAsWellFormed(STREAM.replace("Hello there", "Hello" + character + "data: [DONE]" + character));
        assertThat(readInPieces(chat(), JSON.replace("Hello there", "Hello" + character + "there")))
                .isEqualTo(readInPieces(chat(), JSON));
    }

    // 11
    @ParameterizedTest
    @ValueSource(ints = {64 << 10, 1 << 20, 10 << 20})
    void readsLinesHoweverLongWithoutKeepingThem(int length) {
        String image = "iVBORw0KGgo/+=9A".repeat(length / 16);
        String chunk = "data: {\"choices\":[{\"index\":0,\"delta\":{\"images\":[{\"type\":\"image_url\",\"image_url\":{"
                + "\"url\":\"data:image/png;base64," + image + "\"}}]}}],\"usage\":null}\n\n";
        byte[] chat = (FIRST + CONTENT + chunk + FINISH + USAGE_CHUNK + DONE).getBytes(ISO_8859_1);
        byte[] images = ("event: image_generation.partial_image\ndata: {\"type\":\"image_generation.partial_image\","
                        + "\"b64_json\":\"" + image + "\"}\n\n" + imageCompleted(image))
                .getBytes(ISO_8859_1);

        assertThat(readInPieces(chatStream(), head(200), chat, CallStatus.COMPLETE))
                .isEqualTo(STREAMED);
        assertThat(readInPieces(IMAGES, head(200), images, CallStatus.COMPLETE).tokens())
                .isEqualTo(IMAGE_TOKENS);
        assertThat(bytesAllocatedToRead(chatStream(), chat)).isLessThan(1 << 20);
        assertThat(bytesAllocatedToRead(IMAGES, images)).isLessThan(1 << 20);
    }

    private static final TokenCounts IMAGE_TOKENS = new TokenCounts(50, 0, 0, 0, 0, 40, 1056, 0, 0, 1056);

    private static String imageCompleted(String image) {
        return "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\""
                + image + "\",\"usage\":{\"total_tokens\":1106,\"input_tokens\":50,\"output_tokens\":1056,"
                + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40},"
                + "\"output_tokens_details\":{\"image_tokens\":1056,\"text_tokens\":0}}}\n\n";
    }

    // 11
    @Test
    void readsAGigabyteWithoutKeepingIt() {
        String image = "data: {\"choices\":[{\"index\":0,\"delta\":{\"images\":[{\"image_url\":{\"url\":\""
                + "iVBORw0KGgo/+=9A".repeat(16 << 10) + "\"}}]}}],\"usage\":null}\n\n";
        byte[] events = (CONTENT.repeat(200) + image + CONTENT + image + image + image).getBytes(ISO_8859_1);
        byte[] end = (FINISH + USAGE_CHUNK + DONE).getBytes(ISO_8859_1);
        LlmCall[] call = new LlmCall[1];
        long allocated = bytesAllocatedBy(() -> {
            UsageReader reader = open(chatStream(), 200);
            reader.accept(FIRST.getBytes(ISO_8859_1), 0, FIRST.length());
            for (long taken = 0; taken < 1L << 30; taken += events.length) {
                reader.accept(events, 0, events.length);
            }
            reader.accept(end, 0, end.length);
            call[0] = reader.finish(CallStatus.COMPLETE);
        });

        assertThat(call[0]).isEqualTo(STREAMED);
        // Of a text of more than a megabyte the tokens are counted as it comes, which makes garbage.
        assertThat(allocated).isLessThan(64 << 20);
    }

    // 12
    @Test
    void readsStreamsThatArePackedAndLeavesTheirBytesAsTheyAre() {
        byte[] plain = STREAM.getBytes(UTF_8);
        for (Packing packing : List.of(
                new Packing("gzip", gzip(plain)),
                new Packing("deflate", deflate(plain, false)),
                new Packing("deflate", deflate(plain, true)),
                new Packing("br", brotli(plain)))) {
            byte[] given = packing.body().clone();

            assertThat(readInPieces(
                            chatStream(),
                            head(200, "Content-Encoding: " + packing.name(), "Content-Type: text/event-stream"),
                            given,
                            CallStatus.COMPLETE))
                    .as(packing.name())
                    .isEqualTo(STREAMED);
            assertThat(given).isEqualTo(packing.body());
        }
    }

    // 13
    @Test
    void readsWhatIsPackedOtherwiseThanTheHeaderSaysAndWhatBreaksOff() {
        byte[] plain = STREAM.getBytes(UTF_8);
        for (String header : List.of("gzip", "deflate", "br", "identity", "zstd")) {
            HttpExchange.Response head = head(200, "Content-Encoding: " + header);
            assertThat(readInPieces(chatStream(), head, plain, CallStatus.COMPLETE))
                    .isEqualTo(STREAMED);
            assertThat(readInPieces(chatStream(), head, gzip(plain), CallStatus.COMPLETE))
                    .isEqualTo(STREAMED);
        }
        byte[] gzip = gzip(plain);
        HttpExchange.Response head = head(200, "Content-Encoding: gzip");
        byte[] withoutTrailer = Arrays.copyOf(gzip, gzip.length - 8);
        assertThat(readInPieces(chatStream(), head, withoutTrailer, CallStatus.COMPLETE))
                .isEqualTo(STREAMED);
        for (int length : new int[] {0, 1, 9, 10, 30, gzip.length / 2}) {
            LlmCall call = readInPieces(chatStream(), head, Arrays.copyOf(gzip, length), CallStatus.CUT);
            assertThat(call.status()).isEqualTo(CallStatus.CUT);
            assertThat(call.countSource()).isNotEqualTo(CountSource.REPORTED);
            assertThat(call.countNote()).isNotNull();
        }
    }

    // 14
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"\",\"model\":\"\",\"object\":\"\",\"created\":0,\"choices\":[],\"prompt_filter_results\":"
                        + "[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":{\"filtered\":false}}}]}",
                "{\"id\":\"\",\"model\":\"\",\"choices\":null}",
                "{\"object\":\"chat.completion.chunk\"}",
                "{\"choices\":{}}",
                "{\"choices\":[null,[],\"x\",7]}",
                "{}",
                "null"
            })
    void readsChunksWithoutChoices(String chunk) {
        String event = "data: " + chunk + "\n\n";

        assertSameAsWellFormed(event + FIRST + event + CONTENT + FINISH + USAGE_CHUNK + event + DONE);
    }

    // 15
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":0,\"finish_reason\":null,\"content_filter_offsets\":{\"start_offset\":44},"
                        + "\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}",
                "{\"index\":0,\"delta\":null}",
                "{\"index\":0,\"delta\":[]}",
                "{\"index\":0,\"delta\":{\"content\":null}}",
                "{}"
            })
    void readsChoicesWithoutDelta(String choice) {
        String event = "data: {\"id\":\"chatcmpl-B7\",\"choices\":[" + choice + "]}\n\n";

        assertSameAsWellFormed(FIRST + event + CONTENT + event + FINISH + USAGE_CHUNK + event + DONE);
    }

    // 16
    @Test
    void takesTheLastUsageThatIsNotNull() {
        assertSameAsWellFormed(FIRST + USAGE_CHUNK + CONTENT + FINISH + DONE);
        assertSameAsWellFormed(FIRST + CONTENT + FINISH + USAGE_CHUNK
                + "data: {\"id\":\"chatcmpl-B7\",\"choices\":[],\"moderation\":{},\"usage\":null}\n\n" + DONE);
    }

    // 17
    @Test
    void takesTheLastUsageWhereEachChunkHasOneAndNeverAddsUp() {
        String stream = FIRST.replace("\"usage\":null", usage(5, 0, ",\"prompt_tokens_details\":{\"cached_tokens\":4}"))
                + CONTENT.replace("\"usage\":null", usage(19, 4, ""))
                + FINISH.replace("\"usage\":null", usage(19, 9, ""))
                + USAGE_CHUNK
                + DONE;

        assertSameAsWellFormed(stream);
        assertThat(readInPieces(chatStream(), stream.replace(USAGE_CHUNK, "")).tokens())
                .isEqualTo(TokenCounts.of(19, 9));
    }

    // 18
    @Test
    void countsUsageOnceThoughItIsGivenTwice() {
        String inBothPlaces = FINISH.replace("\"usage\":null", "\"x_groq\":{\"id\":\"req_1\"," + USAGE + "}," + USAGE);

        assertSameAsWellFormed(FIRST + CONTENT + inBothPlaces + DONE);
        assertSameAsWellFormed(FIRST + CONTENT + inBothPlaces + USAGE_CHUNK + DONE);
        assertSameAsWellFormed(FIRST + CONTENT + FINISH + USAGE_CHUNK + USAGE_CHUNK + DONE);
    }

    // 19
    @Test
    void readsUsageWhereverItStands() {
        String withContent = CONTENT.replace("\"usage\":null", USAGE);
        String usageFirst = CONTENT.replace("\"usage\":null", "\"x\":0").replace("{\"id\"", "{" + USAGE + ",\"id\"");

        assertSameAsWellFormed(FIRST + withContent + FINISH + DONE);
        assertSameAsWellFormed(FIRST + usageFirst + DONE);
        assertSameAsWellFormed(FIRST + CONTENT + FINISH.replace("\"usage\":null", USAGE) + FINISH + DONE);
    }

    // 20
    @Test
    void flagsACallWhoseClientStopsBeforeTheUsage() {
        LlmCall chat = cutInPieces(chatStream(), FIRST + CONTENT + FINISH);

        assertThat(chat.status()).isEqualTo(CallStatus.CUT);
        assertThat(chat.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(chat.tokens()).isEqualTo(TokenCounts.of(8, 2));
        assertThat(chat.countNote()).isEqualTo("estimated with o200k_base: the answer broke off");

        LlmCall anthropic = cutInPieces(ANTHROPIC, messageStart("\"input_tokens\":17,\"output_tokens\":1") + """
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello there"}}

                """);
        assertThat(anthropic.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(anthropic.tokens()).isEqualTo(TokenCounts.of(17, 2));

        LlmCall images = cutInPieces(IMAGES, "data: {\"type\":\"image_generation.partial_image\"}\n\n");
        assertThat(images.countSource()).isEqualTo(CountSource.UNKNOWN);
        assertThat(images.isUncounted()).isTrue();
        assertThat(bytesUntilComplete(chatStream(), FIRST + CONTENT + FINISH + USAGE_CHUNK))
                .as("goes on after the reason to finish")
                .isEqualTo(-1);
    }

    // 21
    @Test
    void readsAChunkThatHasUsageAndNothingElse() {
        assertSameAsWellFormed(FIRST + CONTENT + FINISH + "data: {" + USAGE + "}\n\n" + DONE);
        assertSameAsWellFormed(FIRST + CONTENT + FINISH + "data: {\"choices\":[]," + USAGE + "}\n\n" + DONE);
    }

    // 22
    @Test
    void takesAStreamWithoutAnEndMarkForComplete() {
        assertSameAsWellFormed(STREAM.replace(DONE, ""));
    }

    // 23
    @Test
    void keepsTheLastEventThoughNoBlankLineEndsIt() {
        String upToUsage = FIRST + CONTENT + FINISH + USAGE_CHUNK;

        assertSameAsWellFormed(upToUsage.strip());
        assertSameAsWellFormed(upToUsage.strip() + "\n");
        assertSameAsWellFormed(upToUsage + "data: {\"id\":\"chatcmpl-B7\",\"choi");
        assertSameAsWellFormed(upToUsage + "data: [DO");
    }

    // 24
    @Test
    void recordsACallThatBreaksOffAsCutWithWhatWasSeen() {
        LlmCall withoutUsage = cutInPieces(chatStream(), FIRST + CONTENT + "data: {\"id\":\"chatcmpl-B7\",\"choi");
        assertThat(withoutUsage.status()).isEqualTo(CallStatus.CUT);
        assertThat(withoutUsage.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(withoutUsage.tokens()).isEqualTo(TokenCounts.of(8, 2));

        LlmCall withRunningUsage = cutInPieces(
                chatStream(), CONTENT.replace("\"usage\":null", usage(19, 1, "")) + CONTENT.replace("Hello", "Well"));
        assertThat(withRunningUsage.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(withRunningUsage.tokens()).isEqualTo(TokenCounts.of(19, 4));

        LlmCall afterUsage = cutInPieces(chatStream(), STREAM.replace(DONE, ""));
        assertThat(afterUsage.status()).isEqualTo(CallStatus.CUT);
        assertThat(afterUsage.tokens()).isEqualTo(TOKENS);
        assertThat(afterUsage.countSource()).isEqualTo(CountSource.REPORTED);

        LlmCall beforeItBegan = cutInPieces(chatStream(), "");
        assertThat(beforeItBegan.status()).isEqualTo(CallStatus.CUT);
        assertThat(beforeItBegan.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(beforeItBegan.tokens()).isEqualTo(TokenCounts.of(8, 0));

        for (LlmCall nothing : List.of(
                cutInPieces(chat(), JSON.substring(0, JSON.indexOf("\"usage\""))),
                cutInPieces(chat(), "{\"id\":\"chatcmpl-B7\",\"mod"))) {
            assertThat(nothing.status()).isEqualTo(CallStatus.CUT);
            assertThat(nothing.countSource()).isEqualTo(CountSource.UNKNOWN);
            assertThat(nothing.isUncounted()).isTrue();
        }
    }

    // 25
    @Test
    void recordsAnErrorInTheMiddleOfAStreamAndKeepsItsUsage() {
        LlmCall groq = readInPieces(chatStream(), FIRST + """
                event: error
                data: {"error":{"message":"Failed to call a function.","type":"invalid_request_error",\
                "code":"tool_use_failed","failed_generation":"x","status_code":400}}

                """);
        assertFailedWithoutTokens(groq);
        LlmCall groqAfterText = readInPieces(chatStream(), FIRST + CONTENT + """
                event: error
                data: {"error":{"message":"over capacity"},"status_code":400}

                """);
        assertThat(groqAfterText.status()).isEqualTo(CallStatus.FAILED);
        assertThat(groqAfterText.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(groqAfterText.tokens()).isEqualTo(TokenCounts.of(8, 2));

        LlmCall openRouter = readInPieces(chatStream(), FIRST + CONTENT + """
                data: {"id":"gen-1","model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{"content":""},\
                "finish_reason":"error"}],"error":{"code":502,"message":"Provider returned error"},%s}

                """.formatted(USAGE) + DONE);
        assertThat(openRouter.status()).isEqualTo(CallStatus.FAILED);
        assertThat(openRouter.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(openRouter.tokens()).isEqualTo(TOKENS);

        for (String error : List.of(
                "\"error\":{\"type\":\"server_error\",\"code\":\"x\",\"message\":\"Sorry\",\"param\":null}",
                "\"code\":\"server_error\",\"message\":\"Sorry\",\"param\":null")) {
            String event = "event: error\ndata: {\"type\":\"error\",\"sequence_number\":2," + error + "}\n\n";
            assertFailedWithoutTokens(readInPieces(response(), responseCreated() + event));
            assertFailedWithoutTokens(readInPieces(
                    response(),
                    responseCreated()
                            + event
                            + lastEvent("failed", "\"usage\":null,\"error\":{\"code\":\"server_error\"}")));
        }

        LlmCall anthropic = readInPieces(ANTHROPIC, messageStart("\"input_tokens\":17,\"output_tokens\":1") + """
                event: error
                data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

                """);
        assertThat(anthropic.status()).isEqualTo(CallStatus.FAILED);
        assertThat(anthropic.tokens().input()).isEqualTo(17);
    }

    // 26
    @ParameterizedTest
    @CsvSource({"completed, COMPLETE", "incomplete, COMPLETE", "failed, FAILED"})
    void readsEachEventThatEndsAResponse(String end, CallStatus status) {
        String error = status == CallStatus.FAILED ? "{\"code\":\"server_error\",\"message\":\"x\"}" : "null";
        String stream = responseCreated() + lastEvent(end, """
                "error":%s,"incomplete_details":null,"usage":{"input_tokens":19,\
                "input_tokens_details":{"cached_tokens":0},"output_tokens":10,\
                "output_tokens_details":{"reasoning_tokens":4},"total_tokens":29}""".formatted(error));
        LlmCall call = readInPieces(response(), stream);

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.tokens()).isEqualTo(new TokenCounts(19, 0, 0, 0, 10, 4, 0));
        assertThat(call.responseId()).isEqualTo("resp_1");
        assertThat(call.serviceTier())
                .as("what served it, not what was asked for")
                .isEqualTo("default");
        assertThat(bytesUntilComplete(response(), stream))
                .isEqualTo(stream.strip().length());
    }

    // 26
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"completed|\"usage\":null", "completed|\"x\":0", "incomplete|\"usage\":{}"})
    void estimatesAResponseThatEndsWithoutUsage(String end, String usage) {
        LlmCall call = readInPieces(response(), responseCreated() + """
                event: response.output_text.delta
                data: {"type":"response.output_text.delta","item_id":"msg_1","delta":"Hello there"}

                """ + lastEvent(end, usage));

        assertThat(call.status()).isEqualTo(CallStatus.COMPLETE);
        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens()).as("with the end of the text").isEqualTo(TokenCounts.of(8, 3));
    }

    // 27
    @Test
    void takesTheBodyForWhatItIsWhateverTheContentType() {
        for (String type : List.of("application/json", "text/event-stream", "text/plain", "")) {
            HttpExchange.Response head = type.isEmpty() ? head(200) : head(200, "Content-Type: " + type);
            LlmCall streamed = readInPieces(chatStream(), head, STREAM.getBytes(UTF_8), CallStatus.COMPLETE);
            LlmCall whole = readInPieces(chatStream(), head, JSON.getBytes(UTF_8), CallStatus.COMPLETE);
            LlmCall unasked = readInPieces(chat(), head, STREAM.getBytes(UTF_8), CallStatus.COMPLETE);
            LlmCall error = readInPieces(
                    GEMINI, head, "{\"error\":{\"code\":503,\"message\":\"x\"}}".getBytes(UTF_8), CallStatus.COMPLETE);

            assertThat(streamed).isEqualTo(STREAMED);
            assertThat(whole).isEqualTo(STREAMED);
            assertThat(unasked.tokens()).isEqualTo(TOKENS);
            assertFailedWithoutTokens(error);
        }
    }

    // 28
    @Test
    void readsALineATextAnArrayInPiecesAndPrintedJson() {
        String lines = """
                {"model":"llama3.2","created_at":"x","message":{"role":"assistant","content":"Hello"},"done":false}
                {"model":"llama3.2","message":{"role":"assistant","content":" there"},"done":false}
                {"model":"llama3.2","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",\
                "total_duration":4883583458,"prompt_eval_count":19,"eval_count":10,"eval_duration":4799921000}
                """;
        HttpExchange.Request ollama = post("/api/chat", "{\"model\":\"llama3.2\",\"messages\":[]}");
        assertThat(readInPieces(ollama, lines).tokens()).isEqualTo(TOKENS);
        assertThat(readInPieces(ollama, lines.replace("\n", "\r\n"))).isEqualTo(readInPieces(ollama, lines));
        assertThat(readInPieces(ollama, lines.strip())).isEqualTo(readInPieces(ollama, lines));

        String array = """
                [{
                  "candidates": [
                    {"content": {"parts": [{"text": "Hello"}], "role": "model"}, "index": 0}
                  ],
                  "usageMetadata": {"promptTokenCount": 19, "totalTokenCount": 19},
                  "modelVersion": "gemini-2.5-flash"
                }
                ,
                {
                  "candidates": [{"content": {"parts": [{"text": " there"}]}, "finishReason": "STOP", "index": 0}],
                  "usageMetadata": {
                    "promptTokenCount": 19,
                    "candidatesTokenCount": 10,
                    "totalTokenCount": 29
                  },
                  "modelVersion": "gemini-2.5-flash"
                }
                ]
                """;
        LlmCall gemini = readInPieces(GEMINI, array);
        assertThat(gemini.tokens()).isEqualTo(TOKENS);
        assertThat(gemini.answeredModel()).isEqualTo("gemini-2.5-flash");
        assertThat(readCutInTwoAnywhere(GEMINI, array)).isEqualTo(gemini);
        assertThat(readInPieces(GEMINI, array.replaceAll("\\s+", ""))).isEqualTo(gemini);
        assertThat(bytesUntilComplete(GEMINI, array)).isEqualTo(array.strip().length());

        String printed = JSON.replace("{", "{\n  ").replace(",", ",\r\n  ").replace(":", " :\r ");
        assertThat(readInPieces(chat(), printed)).isEqualTo(readInPieces(chat(), JSON));
    }

    // 29
    @Test
    void ignoresWhatItDoesNotKnowInsideUsage() {
        assertSameAsWellFormed(STREAM.replace(
                "\"total_tokens\":29",
                "\"total_tokens\":29,\"queue_time\":0.017792,\"prompt_time\":0.0042,\"completion_time\":0.35,"
                        + "\"total_time\":1,\"latency_checkpoint\":{\"prompt_tokens\":900,\"total_tokens\":901,"
                        + "\"steps\":[1,{\"completion_tokens\":902}]},\"num_sources_used\":3,"
                        + "\"search_context_size\":\"low\",\"prompt_audio_seconds\":null"));
    }

    // 30
    @ParameterizedTest
    @ValueSource(strings = {"12", "12.0", "1.2e1", "\"12\""})
    void readsWholeNumbersHoweverTheyAreWritten(String written) {
        LlmCall call = readInPieces(chat(), withInput(written));

        assertThat(call.tokens()).isEqualTo(TokenCounts.of(12, 10));
        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.anomalies()).isEmpty();
    }

    // 30
    @ParameterizedTest
    @ValueSource(strings = {"-3", "12.5", "\"abc\"", "true", "\"\"", "1e99", "9223372036854775807"})
    void refusesWhatIsNoCountAndSaysSo(String written) {
        LlmCall call = readInPieces(chat(), withInput(written));

        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens()).as("the estimated input, the reported output").isEqualTo(TokenCounts.of(8, 10));
        assertThat(call.anomalies()).containsExactly("prompt_tokens is " + written + ", which is no count of tokens");
    }

    // 30
    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[12]"})
    void takesWhatIsNotThereForNotTold(String written) {
        LlmCall call = readInPieces(chat(), withInput(written));

        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.of(8, 10));
        assertThat(call.anomalies()).isEmpty();
        assertThat(readInPieces(
                        chat(),
                        JSON.replace(
                                "\"total_tokens\":29",
                                "\"total_tokens\":null,\"prompt_tokens_details\":null,"
                                        + "\"completion_tokens_details\":{\"reasoning_tokens\":null}")))
                .isEqualTo(readInPieces(chat(), JSON));
    }

    // 31
    @Test
    void keepsPartsThatExceedTheirWholesAndPricesNothingBelowZero() {
        LlmCall cached = readInPieces(chat(), """
                {"model":"gpt-4o","choices":[],"usage":{"prompt_tokens":81,"completion_tokens":10,"total_tokens":91,\
                "prompt_tokens_details":{"cached_tokens":192}}}""");
        LlmCall reasoning = readInPieces(chat(), """
                {"model":"gpt-4o","choices":[],"usage":{"prompt_tokens":81,"completion_tokens":10,"total_tokens":91,\
                "completion_tokens_details":{"reasoning_tokens":15}}}""");

        assertThat(cached.tokens()).isEqualTo(new TokenCounts(81, 192, 0, 0, 10, 0, 0));
        assertThat(cached.anomalies()).containsExactly("cached input of 192 exceeds input of 81");
        assertThat(reasoning.tokens()).isEqualTo(new TokenCounts(81, 0, 0, 0, 10, 15, 0));
        assertThat(reasoning.anomalies()).containsExactly("reasoning of 15 exceeds output of 10");
        for (LlmCall call : List.of(cached, reasoning)) {
            Cost cost = PriceCatalog.builtIn().costOf(call);
            assertThat(cost.usd()).isPositive();
            assertThat(cost.lines()).isNotEmpty().allMatch(line -> line.tokens() > 0);
        }
    }

    // 32
    @Test
    void mergesTheUsageOfAnthropicCountByCount() {
        String start = messageStart("""
                "input_tokens":2479,"cache_creation_input_tokens":30,"cache_read_input_tokens":200,\
                "cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":10},"output_tokens":3""");

        assertThat(anthropic(start, "\"output_tokens\":120"))
                .as("output only")
                .isEqualTo(new TokenCounts(2709, 200, 30, 10, 0, 0, 120, 0, 0, 0));
        assertThat(anthropic(start, """
                        "input_tokens":2479,"cache_creation_input_tokens":30,"cache_read_input_tokens":200,\
                        "output_tokens":120"""))
                .as("everything")
                .isEqualTo(new TokenCounts(2709, 200, 30, 10, 0, 0, 120, 0, 0, 0));
        assertThat(anthropic(start, """
                        "input_tokens":404500,"cache_creation_input_tokens":30,"cache_read_input_tokens":200,\
                        "output_tokens":120,"server_tool_use":{"web_search_requests":5}"""))
                .as("more input than at first")
                .isEqualTo(new TokenCounts(404_730, 200, 30, 10, 0, 0, 120, 0, 0, 0));
        assertThat(anthropic(start, """
                        "input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,\
                        "output_tokens":0""")).as("zeros").isEqualTo(TokenCounts.NONE);
        assertThat(anthropic(start, "\"output_tokens\":40", "\"output_tokens\":80", "\"output_tokens\":120"))
                .as("three times")
                .isEqualTo(new TokenCounts(2709, 200, 30, 10, 0, 0, 120, 0, 0, 0));
    }

    // 33
    @Test
    void takesTheLastUsageOfGeminiThoughItsCountsFall() {
        String first = """
                data: {"candidates":[{"content":{"parts":[{"text":"Hello"}]}}],"usageMetadata":{"promptTokenCount":169,\
                "candidatesTokenCount":7,"cachedContentTokenCount":100,"totalTokenCount":176}}

                """.replace("\n", "\r\n");

        assertThat(readInPieces(GEMINI, first + """
                        data: {"candidates":[{"content":{"parts":[{"text":" there"}]},"finishReason":"STOP"}],\
                        "usageMetadata":{"promptTokenCount":79,"candidatesTokenCount":3,"totalTokenCount":82}}

                        """).tokens()).isEqualTo(TokenCounts.of(79, 3));
        LlmCall withoutOutput = readInPieces(GEMINI, first + """
                data: {"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":169,\
                "thoughtsTokenCount":20,"totalTokenCount":189}}

                """);
        assertThat(withoutOutput.tokens()).isEqualTo(new TokenCounts(169, 0, 0, 0, 20, 20, 0));
        LlmCall withoutAnyOutput = readInPieces(GEMINI, first + """
                data: {"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":169,\
                "totalTokenCount":169}}

                """);
        assertThat(withoutAnyOutput.tokens()).isEqualTo(TokenCounts.of(169, 0));
        assertThat(withoutAnyOutput.countSource()).isEqualTo(CountSource.REPORTED);
    }

    // 34
    @Test
    void passesByBinaryEventStreamsAndKnowsNotWhatTheyUsed() {
        HttpExchange.Request request = post("/model/anthropic.claude-3-haiku-v1%3A0/converse-stream", "{}");
        byte[] frames = concat(
                frame("messageStart", "{\"role\":\"assistant\"}"),
                frame("metadata", "{\"usage\":{\"inputTokens\":13,\"outputTokens\":5,\"totalTokens\":18}}"));
        for (int length : new int[] {frames.length, frames.length - 20, 40, 11, 1, 0}) {
            for (CallStatus status : List.of(CallStatus.COMPLETE, CallStatus.CUT)) {
                LlmCall call = readInPieces(
                        request,
                        head(200, "Content-Type: application/vnd.amazon.eventstream"),
                        Arrays.copyOf(frames, length),
                        status);
                assertThat(call.status()).isEqualTo(status);
                assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
                assertThat(call.isUncounted()).isTrue();
                assertThat(call.requestedModel()).isEqualTo("anthropic.claude-3-haiku-v1:0");
            }
        }
        assertThat(readInPieces(chatStream(), head(200), frames, CallStatus.COMPLETE)
                        .countSource())
                .isEqualTo(CountSource.UNKNOWN);
    }

    // 35
    @Test
    void countsAnAnswerOnceThoughItIsGivenAgain() {
        for (int piece : new int[] {Answers.WHOLE, 1, 7}) {
            UsageLedger retried = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);
            exchange(retried, chatStream(), 200, STREAM, piece);
            exchange(retried, chatStream(), 200, STREAM, piece);
            assertThat(retried.usage().calls()).singleElement().satisfies(call -> {
                assertThat(call.tokens()).isEqualTo(TOKENS);
                assertThat(call.anomalies())
                        .containsExactly("the service gave this answer more than once; it is counted once");
            });

            UsageLedger answeredAnew = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);
            exchange(answeredAnew, chatStream(), 200, STREAM, piece);
            exchange(answeredAnew, chatStream(), 200, STREAM.replace("chatcmpl-B7", "chatcmpl-B8"), piece);
            assertThat(answeredAnew.usage().totalTokens()).isEqualTo(58);

            UsageLedger afterFailure = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);
            exchange(afterFailure, chatStream(), 503, "{\"error\":{\"message\":\"overloaded\"}}", piece);
            exchange(afterFailure, chatStream(), 200, STREAM, piece);
            assertThat(afterFailure.usage().calls())
                    .extracting(LlmCall::status)
                    .containsExactly(CallStatus.FAILED, CallStatus.COMPLETE);
            assertThat(afterFailure.usage().totalTokens()).isEqualTo(29);
        }
    }

    // 35
    @Test
    void completesAResponseInTheBackgroundFromWhatFetchesIt() {
        HttpExchange.Request post = post("/v1/responses", "{\"model\":\"o3\",\"background\":true,\"input\":\"Hello\"}");
        HttpExchange.Request get = new HttpExchange.Request("GET", "/v1/responses/resp_1", List.of(), new byte[0]);
        for (int piece : new int[] {Answers.WHOLE, 1, 7}) {
            UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);
            exchange(ledger, post, 200, """
                    {"id":"resp_1","object":"response","status":"queued","model":"o3","output":[],"usage":null}""", piece);
            assertThat(ledger.usage().isComplete()).isFalse();
            exchange(ledger, get, 200, """
                    {"id":"resp_1","object":"response","status":"in_progress","model":"o3","usage":null}""", piece);
            assertThat(ledger.usage().isComplete()).isFalse();
            String completed = """
                    {"id":"resp_1","object":"response","status":"completed","model":"o3-2025-04-16",\
                    "output":[{"type":"web_search_call"}],"usage":{"input_tokens":19,"output_tokens":10,\
                    "total_tokens":29}}""";
            exchange(ledger, get, 200, completed, piece);
            exchange(ledger, get, 200, completed, piece);

            assertThat(ledger.usage().calls()).singleElement().satisfies(call -> {
                assertThat(call.tokens()).isEqualTo(TOKENS);
                assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
                assertThat(call.model()).isEqualTo("o3-2025-04-16");
                assertThat(call.toolCalls()).containsOnlyKeys("web_search");
            });
        }
    }

    private static void assertSameAsWellFormed(String stream) {
        assertThat(readInPieces(chatStream(), stream)).isEqualTo(STREAMED);
    }

    private static void assertFailedWithoutTokens(LlmCall call) {
        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.tokens()).isEqualTo(TokenCounts.NONE);
        assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
        assertThat(call.isUncounted()).isFalse();
    }

    private static String usage(int input, int output, String details) {
        return "\"usage\":{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + ",\"total_tokens\":"
                + (input + output) + details + "}";
    }

    private static String withInput(String written) {
        return "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello there\"}}],\"usage\":{"
                + "\"completion_tokens\":10,\"prompt_tokens\":" + written + "}}";
    }

    private static String responseCreated() {
        return """
                event: response.created
                data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response",\
                "status":"in_progress","service_tier":"auto","error":null,"model":"gpt-4o-2024-08-06","output":[],\
                "usage":null}}

                """;
    }

    private static String lastEvent(String status, String members) {
        return """
                event: response.%1$s
                data: {"type":"response.%1$s","sequence_number":9,"response":{"id":"resp_1","object":"response",\
                "status":"%1$s","service_tier":"default","model":"gpt-4o-2024-08-06","output":[],%2$s}}

                """.formatted(status, members);
    }

    private static String messageStart(String usage) {
        return """
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
                "model":"claude-sonnet-4-5-20250929","content":[],"usage":{%s,"service_tier":"standard"}}}

                """.formatted(usage);
    }

    private static TokenCounts anthropic(String start, String... usages) {
        StringBuilder stream = new StringBuilder(start).append("event: ping\ndata: {\"type\": \"ping\"}\n\n");
        for (String usage : usages) {
            stream.append("""
                    event: message_delta
                    data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{%s}}

                    """.formatted(usage));
        }
        stream.append("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        LlmCall call = readInPieces(ANTHROPIC, stream.toString());
        assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        assertThat(call.anomalies()).isEmpty();
        return call.tokens();
    }

    private static void exchange(UsageLedger ledger, HttpExchange.Request request, int status, String body, int piece) {
        CallWatch watch = CallWatch.of(WireFormats.all().find(request), request, ledger, Origin.LIVE);
        watch.answered(head(status));
        byte[] bytes = body.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length)) {
            watch.passed(bytes, at, Math.min(piece, bytes.length - at));
        }
        watch.ended(CallStatus.COMPLETE);
        assertThat(ledger.failures()).isEmpty();
    }

    private static long tokensOf(String text) {
        return new TokenCounter().ofText(text, "unknown");
    }

    private static long bytesAllocatedToRead(HttpExchange.Request request, byte[] body) {
        return bytesAllocatedBy(() -> {
            UsageReader reader = open(request, 200);
            for (int at = 0; at < body.length; at += 8192) {
                reader.accept(body, at, Math.min(8192, body.length - at));
            }
            reader.finish(CallStatus.COMPLETE);
        });
    }

    private static long bytesAllocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private record Packing(String name, byte[] body) {}

    private static byte[] gzip(byte[] content) {
        return packed(content, GZIPOutputStream::new);
    }

    private static byte[] deflate(byte[] content, boolean bare) {
        return packed(content, sink -> new DeflaterOutputStream(sink, new Deflater(6, bare)));
    }

    private interface Packer {
        OutputStream over(OutputStream sink) throws IOException;
    }

    private static byte[] packed(byte[] content, Packer packer) {
        var packed = new ByteArrayOutputStream();
        try (OutputStream packing = packer.over(packed)) {
            packing.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Packs up to 64 KB without making them smaller: a block that is not compressed, and an empty one that is the last. */
    private static byte[] brotli(byte[] content) {
        int header = (content.length - 1) << 4 | 1 << 20;
        var packed = new ByteArrayOutputStream();
        packed.write(header);
        packed.write(header >> 8);
        packed.write(header >> 16);
        packed.writeBytes(content);
        packed.write(3);
        return packed.toByteArray();
    }

    /** A frame of AWS's binary event stream: lengths, a checksum, headers, the payload, a checksum. */
    private static byte[] frame(String type, String payload) {
        byte[] name = ":event-type".getBytes(UTF_8);
        byte[] value = type.getBytes(UTF_8);
        byte[] body = payload.getBytes(UTF_8);
        int headers = 1 + name.length + 3 + value.length;
        var frame = ByteBuffer.allocate(16 + headers + body.length);
        frame.putInt(frame.capacity()).putInt(headers);
        putChecksum(frame);
        frame.put((byte) name.length)
                .put(name)
                .put((byte) 7)
                .putShort((short) value.length)
                .put(value);
        frame.put(body);
        putChecksum(frame);
        return frame.array();
    }

    private static void putChecksum(ByteBuffer frame) {
        var checksum = new CRC32();
        checksum.update(frame.array(), 0, frame.position());
        frame.putInt((int) checksum.getValue());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
