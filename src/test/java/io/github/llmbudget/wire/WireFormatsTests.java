package io.github.llmbudget.wire;

import static io.github.llmbudget.wire.Answers.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatsTests {

    private static final WireFormats FORMATS = WireFormats.all();

    private static class Claiming implements WireFormat {

        private final int order;

        Claiming(int order) {
            this.order = order;
        }

        @Override
        public boolean matches(HttpExchange.Request request) {
            return request.path().startsWith("/claimed");
        }

        @Override
        public UsageReader open(HttpExchange.Request request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int order() {
            return order;
        }
    }

    private static final class AlsoClaiming extends Claiming {

        AlsoClaiming(int order) {
            super(order);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, CHAT",
        "/v1/chat/completions/, CHAT",
        "/v1/chat/completions?api-version=2024-10-21, CHAT",
        "/openai/deployments/gpt/chat/completions?api-version=1, CHAT",
        "/v1/completions, COMPLETIONS",
        "/v1/responses, RESPONSES",
        "/v1/embeddings, EMBEDDINGS",
        "/v1/responses/compact, RESPONSES",
        "/v1/images/generations, IMAGES",
        "/v1/images/edits, IMAGES",
        "/v1/audio/transcriptions, TRANSCRIPTION",
        "/v1/audio/translations, TRANSCRIPTION",
        "/v1/audio/speech, SPEECH",
        "/v1/moderations, MODERATIONS",
        "/v1/batches, BATCH",
        "/v1/threads/runs, RUN",
        "/v1/threads/t1/runs, RUN",
        "/v1/rerank, RERANK",
        "/v1/agents/completions, CHAT",
        "/v1/fim/completions, CHAT",
        "/v1/chat, OTHER",
        "/openai/v1/responses, RESPONSES",
        "//openai/deployments/gpt/embeddings?api-version=1, EMBEDDINGS",
        "/v1/messages, CHAT",
        "/v1/messages?beta=true, CHAT",
        "/v1/projects/p/locations/l/publishers/anthropic/models/claude:streamRawPredict, CHAT",
        "/v1beta/models/gemini-2.5-flash:generateContent, CHAT",
        "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse, CHAT",
        "/v1beta/models/gemini-embedding-001:batchEmbedContents, EMBEDDINGS",
        "/v1/publishers/google/models/gemini-embedding-001:predict, EMBEDDINGS",
        "/api/chat, CHAT",
        "/api/generate, COMPLETIONS",
        "/api/embed, EMBEDDINGS",
        "/ml/v1/text/generation_stream?version=1, COMPLETIONS",
        "/v1/videos, OTHER",
        "/v2/chat, OTHER",
        "/model/anthropic.claude-v1%3A0/converse, OTHER"
    })
    void tellsTheOperationByThePath(String path, Operation operation) {
        assertThat(FORMATS.find(post(path, "{\"model\":\"m\"}"))
                        .orElseThrow()
                        .open(post(path, "{\"model\":\"m\"}"))
                        .finish(CallStatus.UNFINISHED)
                        .operation())
                .isEqualTo(operation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/files",
                "/v1/uploads",
                "/v1/uploads/u1/parts",
                "/v1/uploads/u1/complete",
                "/v1/responses/input_tokens",
                "/v1/messages/count_tokens",
                "/v1beta/models/gemini:countTokens",
                "/v1/projects/p/locations/l/publishers/anthropic/models/count-tokens:rawPredict",
                "/v1/vector_stores/v1/files/f1",
                "/v1/vector_stores/v1/search",
                "/v1/threads/t1/messages/m1",
                "/v1/agents",
                "/v1/realtime/client_secrets",
                "/v1/assistants",
                "/v1/threads",
                "/v1/threads/t1/messages",
                "/v1/conversations",
                "/v1/vector_stores/v1/file_batches",
                "/v1/fine_tuning/jobs/j1/cancel",
                "/api/show",
                "/v1/tokenize",
                "/v1/files/?x=1"
            })
    void takesWhatIsFreeForNoCall(String path) {
        assertThat(FORMATS.find(post(path, "{}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/complete",
                "/studio/v1/j2-ultra/complete",
                "/v1/responses/compact",
                "/models/gpt2",
                "/hf-inference/models/owner/name",
                "/v1/models/owner/name/predictions",
                "/v1/files/f1/invoke",
                "/v1/fine_tuning/jobs",
                "/v1/images/generations"
            })
    void recordsPostsThatMayBeBilled(String path) {
        assertThat(FORMATS.find(post(path, "{}"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions",
        "GET, /v1/models",
        "GET, /v1/responses/r1/input_items",
        "GET, /v1/threads/t1/runs/r1/steps"
    })
    void takesWhatIsNotPostedForNoCall(String method, String path) {
        assertThat(FORMATS.find(new HttpExchange.Request(method, path, List.of(), new byte[0])))
                .isEmpty();
    }

    @Test
    void tellsMistralsConversationsFromThoseOfOpenAi() {
        for (String call : List.of("/v1/conversations", "/v1/conversations/c1", "/v1/conversations/c1/restart")) {
            HttpExchange.Request request = post(call, "{\"inputs\":\"Hi\"}");
            assertThat(FORMATS.find(request)).get().isInstanceOf(MistralConversationFormat.class);
            assertThat(FORMATS.find(request).orElseThrow().retrieves(request)).isFalse();
        }
        assertThat(FORMATS.find(post("/v1/conversations", "{\"metadata\":{}}"))).isEmpty();
        assertThat(FORMATS.find(post("/v1/conversations/c1", "{\"metadata\":{}}")))
                .isEmpty();
        assertThat(FORMATS.find(post("/v1/conversations/c1/items", "{\"items\":[]}")))
                .isEmpty();
    }

    @Test
    void findsAPathHoweverLong() {
        assertThat(FORMATS.find(post("/v1/files" + "/x".repeat(50_000), "{}"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/deployments/bot/chat/completions, gpt-4o, bot",
        "/models/chat/completions, gpt-4o, gpt-4o",
        "/models/chat/completions, , ",
        "/v1beta/models/gemini-2.5-flash:generateContent, , gemini-2.5-flash",
        "/model/anthropic.claude-v1%3A0/converse, , anthropic.claude-v1:0"
    })
    void findsTheModelThatIsAskedFor(String path, @Nullable String inBody, @Nullable String model) {
        HttpExchange.Request request = post(path, inBody == null ? "{}" : "{\"model\":\"" + inBody + "\"}");

        assertThat(FORMATS.find(request)
                        .orElseThrow()
                        .open(request)
                        .finish(CallStatus.UNFINISHED)
                        .requestedModel())
                .isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/responses/r1",
        "GET, /v1/responses/r1?stream=true&starting_after=3",
        "POST, /v1/responses/r1/cancel",
        "DELETE, /v1/responses/r1",
        "GET, /v1/batches/b1",
        "POST, /v1/batches/b1/cancel",
        "GET, /v1/threads/t1/runs/r1",
        "POST, /v1/threads/t1/runs/r1/submit_tool_outputs"
    })
    void tellsWhatOnlyFetchesOrCarriesOnACall(String method, String path) {
        HttpExchange.Request request = new HttpExchange.Request(method, path, List.of(), new byte[0]);

        assertThat(FORMATS.find(request))
                .hasValueSatisfying(
                        format -> assertThat(format.retrieves(request)).isTrue());
    }

    @Test
    void recordsWhatItCannotReadWithoutCounts() {
        HttpExchange.Request request = post("/v1/videos?x=1", "{\"model\":\"sora-2\"}");
        UsageReader reader = FORMATS.find(request).orElseThrow().open(request);
        reader.begin(new HttpExchange.Response(200, List.of()));
        reader.accept("{\"usage\":{\"prompt_tokens\":1}}".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 29);

        assertThat(reader.isComplete()).isFalse();
        LlmCall call = reader.finish(CallStatus.COMPLETE);
        assertThat(call.operation()).isEqualTo(Operation.OTHER);
        assertThat(call.model()).isEqualTo("sora-2");
        assertThat(call.countSource()).isEqualTo(CountSource.UNKNOWN);
        assertThat(call.isUncounted()).isTrue();
        assertThat(call.countNote()).isEqualTo("no wire format reads answers of /v1/videos");
    }

    @Test
    void recordsWhatItCannotReadAsFailedWhenItWasRefused() {
        HttpExchange.Request request = post("/v1/videos", "{}");
        UsageReader reader = FORMATS.find(request).orElseThrow().open(request);
        reader.begin(new HttpExchange.Response(400, List.of()));

        LlmCall call = reader.finish(CallStatus.COMPLETE);
        assertThat(call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.isUncounted()).isFalse();
    }

    @Test
    void letsTheHighestOrderRead() {
        WireFormat first = new Claiming(7);
        WireFormats formats =
                new WireFormats(List.of(new UnreadFormat(), new Claiming(0), first, new AlsoClaiming(-1)));

        assertThat(formats.find(post("/claimed", "{}"))).containsSame(first);
        assertThat(formats.find(post("/other", "{}"))).containsInstanceOf(UnreadFormat.class);
    }

    @Test
    void refusesToChooseBetweenFormatsOfTheSameOrder() {
        WireFormats formats = new WireFormats(List.of(new Claiming(3), new AlsoClaiming(3), new UnreadFormat()));

        assertThatIllegalStateException()
                .isThrownBy(() -> formats.find(post("/claimed?x=1", "{}")))
                .withMessage("Both " + Claiming.class.getName() + " and " + AlsoClaiming.class.getName()
                        + " read POST /claimed?x=1; give one of them a higher order().");
    }
}
