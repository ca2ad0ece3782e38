package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.head;
import static io.github.llmbudget.wire.Answers.post;
import static io.github.llmbudget.wire.Answers.readInPieces;
import static io.github.llmbudget.wire.Answers.to;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decides the price of a call beside its model and its tokens. */
class BilledUnitsTests {

    private static final String CHAT = "{\"model\":\"gpt-5.4\",\"messages\":[]}";
    private static final String USAGE =
            "{\"id\":\"c\",\"model\":\"m\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";

    @ParameterizedTest
    @CsvSource({
        "eu.api.openai.com, openai, eu",
        "US.api.openai.com, openai, us",
        "api.openai.com, openai, ",
        "eu.example.com, openai, ",
        "xapi.openai.com, openai, "
    })
    void tellsThePartOfTheWorldThatAnAddressBindsTo(String host, String provider, String region) {
        LlmCall call = readInPieces(to(host, "/v1/chat/completions", CHAT), USAGE);

        assertThat(call.region()).isEqualTo(region);
        assertThat(call.provider()).isEqualTo(provider);
    }

    @Test
    void tellsThePartOfTheWorldAndTheSpeedThatAnthropicTells() {
        LlmCall call = messages("\"service_tier\":\"standard\",\"speed\":\"fast\",\"inference_geo\":\"us\"");

        assertThat(call.region()).isEqualTo("us");
        assertThat(call.serviceTier()).isEqualTo("fast");
    }

    @Test
    void takesTheOrdinarySpeedForNoTierOfItsOwn() {
        LlmCall call = messages("\"service_tier\":\"batch\",\"speed\":\"standard\",\"inference_geo\":\"global\"");

        assertThat(call.serviceTier()).isEqualTo("batch");
        assertThat(call.region()).isEqualTo("global");
    }

    @ParameterizedTest
    @CsvSource({"usage.", "usage.input_tokens_details."})
    void countsCacheWritesByTheirLifetime(String at) {
        String writes = "\"cache_write_tokens_details\":{\"ttl_30m_tokens\":300,\"ttl_12h_tokens\":200}";
        String usage = at.equals("usage.")
                ? "\"input_tokens_details\":{\"cached_tokens\":100,\"cache_write_tokens\":500}," + writes
                : "\"input_tokens_details\":{\"cached_tokens\":100," + writes + "}";
        LlmCall call = responses("[]", "\"input_tokens\":1000,\"output_tokens\":1,\"total_tokens\":1001," + usage);

        assertThat(call.tokens()).isEqualTo(new TokenCounts(1000, 100, 500, 0, 200, 0, 0, 0, 0, 1, 0, 0, 0));
        assertThat(call.anomalies()).isEmpty();
    }

    @Test
    void countsWhatIsCachedOfAudioAndImages() {
        LlmCall call = responses(
                "[]",
                "\"input_tokens\":1000,\"output_tokens\":0,\"total_tokens\":1000,\"input_token_details\":{"
                        + "\"audio_tokens\":600,\"image_tokens\":300,\"text_tokens\":100,\"cached_tokens\":450,"
                        + "\"cached_tokens_details\":{\"audio_tokens\":400,\"image_tokens\":50,\"text_tokens\":0}}");

        assertThat(call.tokens()).isEqualTo(new TokenCounts(1000, 450, 0, 0, 0, 600, 300, 400, 50, 0, 0, 0, 0));
    }

    @Test
    void countsWhatIsCachedOfGeminisModalities() {
        LlmCall call = readInPieces(post("/v1beta/models/gemini-2.5-flash:generateContent", "{\"contents\":[]}"), """
                {"usageMetadata":{"promptTokenCount":2000,"cachedContentTokenCount":1600,"candidatesTokenCount":1,\
                "totalTokenCount":2001,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":900},\
                {"modality":"IMAGE","tokenCount":700},{"modality":"TEXT","tokenCount":400}],"cacheTokensDetails":[\
                {"modality":"TEXT","tokenCount":300},{"modality":"IMAGE","tokenCount":500},\
                {"modality":"AUDIO","tokenCount":800}]}}""");

        assertThat(call.tokens().cachedAudioInput()).isEqualTo(800);
        assertThat(call.tokens().cachedImageInput()).isEqualTo(500);
        assertThat(call.tokens().audioInput()).isEqualTo(900);
        assertThat(call.tokens().imageInput()).isEqualTo(700);
    }

    @Test
    void countsSearchesNotThePagesTheyOpen() {
        LlmCall call = responses("""
                [{"type":"web_search_call","action":{"type":"open_page","url":"x"}},
                {"type":"web_search_call","action":{"type":"search","queries":["a","b"]}},
                {"action":{"type":"find_in_page"},"type":"web_search_call"},
                {"type":"message"},{"type":"function_call","action":{"type":"search"}},
                {"type":"web_search_call"}]""", "\"input_tokens\":1,\"output_tokens\":1");

        assertThat(call.toolCalls()).containsOnly(Map.entry("web_search", 2L));
    }

    @ParameterizedTest
    @CsvSource({
        "web_search_preview, web_search_preview",
        "web_search_preview_2025_03_11, web_search_preview",
        "web_search, web_search",
        "function, web_search"
    })
    void tellsThePreviewOfASearchFromASearch(String declared, String counted) {
        LlmCall call = readInPieces(
                post(
                        "/v1/responses",
                        "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"tools\":[1,{\"type\":\"" + declared + "\"}]}"),
                "{\"id\":\"r\",\"model\":\"gpt-4o\",\"output\":[{\"type\":\"web_search_call\"}],"
                        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}");

        assertThat(call.toolCalls()).containsOnly(Map.entry(counted, 1L));
    }

    @Test
    void countsContainersNotWhatRunsInThem() {
        LlmCall call = responses("""
                [{"type":"code_interpreter_call","container_id":"a"},{"container_id":"a","type":"code_interpreter_call"},
                {"type":"code_interpreter_call","container_id":"b"}]""", "\"input_tokens\":1,\"output_tokens\":1");

        assertThat(call.toolCalls()).containsOnly(Map.entry("code_interpreter", 2L));
    }

    @Test
    void countsTheItemsOfAStreamOnce() {
        String items = "[{\"type\":\"code_interpreter_call\",\"container_id\":\"a\"},{\"type\":\"web_search_call\"}]";
        LlmCall call = readInPieces(
                post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true}"),
                "data: {\"type\":\"response.in_progress\",\"response\":{\"id\":\"r\",\"output\":" + items + "}}\n\n"
                        + "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"output\":" + items
                        + ",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n");

        assertThat(call.toolCalls()).containsOnly(Map.entry("code_interpreter", 1L), Map.entry("web_search", 1L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "model":"dall-e-3","size":"1024x1792","quality":"hd" | hd 1024x1792
            "model":"dall-e-3"                                   | standard 1024x1024
            "model":"dall-e-2","quality":"standard"              | 1024x1024
            "size":"256x256"                                     | 256x256
            "model":"gpt-image-1","quality":"high"               | high 1024x1024
            "model":"gpt-image-1"                                | 1024x1024
            """)
    void countsImagesByTheirKind(String request, String kind) {
        LlmCall call = readInPieces(
                post("/v1/images/generations", "{" + request + ",\"prompt\":\"a tree\",\"n\":2}"),
                "{\"created\":1,\"data\":[{\"url\":\"x\"},{\"b64_json\":\"y\"}]}");

        assertThat(call.images()).containsOnly(Map.entry(kind, 2L));
    }

    @Test
    void countsNoImagesOfACallThatFailed() {
        LlmCall call = readInPieces(
                post("/v1/images/generations", "{\"model\":\"dall-e-3\",\"prompt\":\"a tree\"}"),
                head(400),
                "{\"error\":{\"message\":\"no\"}}".getBytes(UTF_8),
                CallStatus.COMPLETE);

        assertThat(call.images()).isEmpty();
    }

    @Test
    void countsTheCharactersThatAreSpoken() {
        LlmCall call = readInPieces(
                post("/v1/audio/speech", "{\"model\":\"tts-1\",\"input\":\"Grüße 👋\",\"voice\":\"alloy\"}"),
                head(200, "Content-Type: audio/mpeg"),
                new byte[] {(byte) 0xFF, (byte) 0xFB, 0, 1, 2},
                CallStatus.COMPLETE);

        assertThat(call.characters()).isEqualTo(7);
        assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
    }

    @Test
    void takesAStreamThatIsCutBeforeItBeganForItsPrompt() {
        LlmCall call = readInPieces(Answers.chatStream(), head(200), new byte[0], CallStatus.CUT);

        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens().input()).isPositive();
        assertThat(call.tokens().output()).isZero();
        assertThat(readInPieces(Answers.chat(), head(200), new byte[0], CallStatus.CUT)
                        .countSource())
                .isEqualTo(CountSource.UNKNOWN);
    }

    private static LlmCall messages(String usage) {
        return readInPieces(
                post("/v1/messages", "{\"model\":\"claude-opus-5\",\"messages\":[]}"),
                "{\"id\":\"m\",\"type\":\"message\",\"model\":\"claude-opus-5\",\"content\":[],\"usage\":{"
                        + "\"input_tokens\":1,\"output_tokens\":1," + usage + "}}");
    }

    private static LlmCall responses(String items, String usage) {
        return readInPieces(
                post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}"),
                "{\"id\":\"r\",\"model\":\"gpt-4o\",\"output\":" + items + ",\"usage\":{" + usage + "}}");
    }
}
