package demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseUsage;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the client is asked for, it reads the usage that the test sees; if it reads none, the test sees it all the same. */
@Tag("clients")
@Timeout(30)
@LlmBudget(mode = Mode.MOCK)
class EveryWayToCallTests {

    /** A hundred tokens of input, 64 of them cached; thirty of output, 10 of them reasoning. */
    private static final TokenCounts USAGE = new TokenCounts(100, 64, 0, 0, 30, 10, 0);

    private OpenAIClientAsync client;

    @BeforeEach
    void createClient(LlmEndpoint llm) {
        client = OpenAIOkHttpClientAsync.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .build();
    }

    @Test
    void chats(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("We are sorry.").usage(USAGE));

        var answer = client.chat().completions().create(chat().build()).join();

        assertThat(counts(answer.usage().orElseThrow())).isEqualTo(USAGE);
        assertCounted(usage, 1, USAGE, "$0.0000282");
    }

    @Test
    void chatsManyTimesAtOnce(MockLlm llm, TokenUsage usage) {
        llm.otherwise(Reply.text("We are sorry.").usage(USAGE).after(Duration.ofMillis(20)));

        List<CompletableFuture<ChatCompletion>> answers = IntStream.range(0, 20)
                .mapToObj(number -> client.chat().completions().create(chat().build()))
                .toList();

        assertThat(answers)
                .extracting(CompletableFuture::join)
                .allMatch(answer -> counts(answer.usage().orElseThrow()).equals(USAGE));
        assertCounted(usage, 20, USAGE, "$0.000564");
    }

    @Test
    void streams(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("We are ", "sorry.").usage(USAGE));
        var asking = chat().streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build());

        assertThat(counts(stream(asking).usage().orElseThrow())).isEqualTo(USAGE);
        assertCounted(usage, 1, USAGE, "$0.0000282");
    }

    /** The client knows nothing of the usage then; the service does. */
    @Test
    void streamsWithoutAskingForUsage(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("We are ", "sorry.").usage(USAGE));

        assertThat(stream(chat()).usage()).isEmpty();
        assertCounted(usage, 1, USAGE, "$0.0000282");
    }

    /**
     * The client learns nothing then, and the service tells nothing; what it sent until then is counted. A stream that is closed
     * by another thread than the one that reads it is sometimes left open by the client: the service goes on to the end, and all
     * of it counts.
     */
    @Test
    void cancelsAStream(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("word ".repeat(1_000)).chunkDelay(Duration.ofMillis(5)));
        AsyncStreamResponse<ChatCompletionChunk> answer =
                client.chat().completions().createStreaming(chat().build());
        answer.subscribe(chunk -> answer.close()).onCompleteFuture().join();

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.CUT);
            assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
            assertThat(call.tokens().input()).isPositive();
            assertThat(call.tokens().output()).isBetween(1L, 999L);
        });
    }

    @Test
    void takesAResponse(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("We are sorry.").usage(USAGE));

        var response = client.responses().create(response()).join();

        assertThat(counts(response.usage().orElseThrow())).isEqualTo(USAGE);
        assertCounted(usage, 1, USAGE, "$0.0000282");
    }

    @Test
    void streamsAResponse(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("We are ", "sorry.").usage(USAGE));
        var whole = ResponseAccumulator.create();

        client.responses()
                .createStreaming(response())
                .subscribe(whole::accumulate)
                .onCompleteFuture()
                .join();

        assertThat(counts(whole.response().usage().orElseThrow())).isEqualTo(USAGE);
        assertCounted(usage, 1, USAGE, "$0.0000282");
    }

    @Test
    void embeds(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.embeddings().usage(12, 0));

        CreateEmbeddingResponse answer = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .inputOfArrayOfStrings(List.of("Lovely vases!", "My vase came broken."))
                        .build())
                .join();

        assertThat(answer.usage().promptTokens()).isEqualTo(12);
        assertCounted(usage, 1, TokenCounts.of(12, 0), "$0.00000024");
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage("My vase came broken.");
    }

    private static ResponseCreateParams response() {
        return ResponseCreateParams.builder()
                .model("gpt-4o-mini")
                .input("My vase came broken.")
                .build();
    }

    private ChatCompletion stream(ChatCompletionCreateParams.Builder params) {
        var whole = ChatCompletionAccumulator.create();
        client.chat()
                .completions()
                .createStreaming(params.build())
                .subscribe(whole::accumulate)
                .onCompleteFuture()
                .join();
        return whole.chatCompletion();
    }

    private static TokenCounts counts(CompletionUsage told) {
        return new TokenCounts(
                told.promptTokens(),
                told.promptTokensDetails().orElseThrow().cachedTokens().orElseThrow(),
                0,
                0,
                told.completionTokens(),
                told.completionTokensDetails().orElseThrow().reasoningTokens().orElseThrow(),
                0);
    }

    private static TokenCounts counts(ResponseUsage told) {
        return new TokenCounts(
                told.inputTokens(),
                told.inputTokensDetails().cachedTokens(),
                0,
                0,
                told.outputTokens(),
                told.outputTokensDetails().reasoningTokens(),
                0);
    }

    private static void assertCounted(TokenUsage usage, int calls, TokenCounts tokens, String cost) {
        assertThat(usage.calls())
                .hasSize(calls)
                .allMatch(call -> call.status() == CallStatus.COMPLETE)
                .allMatch(call -> call.countSource() == CountSource.REPORTED)
                .allMatch(call -> call.anomalies().isEmpty())
                .extracting(LlmCall::tokens)
                .containsOnly(tokens);
        assertThat(usage.cost()).hasToString(cost);
    }
}
