package io.github.llmbudget.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxTokens;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.ScriptedService;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@LlmBudget(mode = Mode.MOCK)
class LangChain4jUsageListenerTests {

    private static final TokenCounts USAGE = new TokenCounts(100, 64, 0, 0, 30, 10, 0);

    private final ScriptedService service = new ScriptedService();
    private LangChain4jUsageListener listener;

    @BeforeEach
    void listen(CallRecorder recorder) {
        listener = new LangChain4jUsageListener(recorder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void recordsAChatThatPassesNoEndpoint(TokenUsage usage) {
        service.script().reply(Reply.text("Bonjour").usage(USAGE));

        ChatResponse told = chatModel(service.baseUrl()).chat(UserMessage.from("Hello"));

        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.tokens()).isEqualTo(USAGE);
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.provider()).isEqualTo("openai");
            assertThat(call.responseId()).isEqualTo(told.id());
            assertThat(call.origin()).isEqualTo(Origin.LIVE);
            assertThat(call.timing().total()).isPositive();
        });
        assertThat(usage.cost()).isEqualTo(usage.incurredCost());
        assertThat(usage.cost().isComplete()).isTrue();
    }

    @Test
    void recordsAStream(TokenUsage usage) {
        service.script().reply(Reply.stream("Bon", "jour").usage(USAGE));

        stream(service.baseUrl()).join();

        assertThat(usage.calls()).extracting(LlmCall::tokens).containsExactly(USAGE);
    }

    @Test
    void recordsEmbeddings(TokenUsage usage) {
        service.script().reply(Reply.embeddings().usage(12, 0));

        embeddingModel(service.baseUrl()).embed("Hello");

        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.operation()).isEqualTo(Operation.EMBEDDINGS);
            assertThat(call.tokens()).isEqualTo(TokenCounts.of(12, 0));
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
            assertThat(call.model()).isEqualTo("text-embedding-3-small");
        });
    }

    @Test
    void recordsEachCallOfALoopOfTools(TokenUsage usage) {
        scriptLoop(service.script());

        assertThat(assistant(service.baseUrl()).ask("What time is it?")).isEqualTo("Noon");

        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.totalTokens()).isEqualTo(96);
    }

    @Test
    void recordsAFailureOnceHoweverOftenItWasTried(TokenUsage usage) {
        service.script().reply(3, Reply.error(500, "Down"));

        assertThatThrownBy(() -> chatModel(service.baseUrl()).chat("Hello")).hasStackTraceContaining("Down");

        assertThat(service.calls()).hasSize(3);
        assertThat(usage.calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.FAILED);
            assertThat(call.httpStatus()).isEqualTo(500);
        });
    }

    @Test
    void doesNotTakeMissingUsageForNone(TokenUsage usage) {
        service.script().reply(Reply.text("Bonjour").withoutUsage());

        chatModel(service.baseUrl()).chat("Hello");

        assertThat(usage.calls()).extracting(LlmCall::countSource).containsExactly(CountSource.UNKNOWN);
        assertThat(usage.isComplete()).isFalse();
    }

    @Test
    void countsACallOnceThatPassesTheEndpointToo(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Bonjour").usage(USAGE))
                .reply(Reply.stream("Bon", "jour").usage(USAGE))
                .reply(Reply.text("Bonjour").withoutUsage())
                .reply(Reply.embeddings().usage(12, 0));

        chatModel(llm.baseUrl()).chat("Hello");
        stream(llm.baseUrl()).join();
        chatModel(llm.baseUrl()).chat("Hello");
        embeddingModel(llm.baseUrl()).embed("Hello");

        assertThat(usage.calls()).hasSize(4).allMatch(call -> call.origin() == Origin.MOCK);
    }

    @Test
    void countsALoopOfToolsOnceThatPassesTheEndpointToo(MockLlm llm, TokenUsage usage) {
        scriptLoop(llm);

        assistant(llm.baseUrl()).ask("What time is it?");

        assertThat(usage.calls()).hasSize(2).allMatch(call -> call.origin() == Origin.MOCK);
        assertThat(usage.totalTokens()).isEqualTo(96);
    }

    @Test
    void leavesTheAttemptsOfACallToTheEndpoint(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.error(500, "Down")).reply("Bonjour").reply(3, Reply.error(500, "Down"));

        chatModel(llm.baseUrl()).chat("Hello");
        assertThatThrownBy(() -> chatModel(llm.baseUrl()).chat("Hello")).hasStackTraceContaining("Down");

        assertThat(usage.calls()).extracting(LlmCall::httpStatus).containsExactly(500, 200, 500, 500, 500);
    }

    @Test
    void leavesACancelledStreamToTheEndpointAndWaitsForNothingMore(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("Bon", "jour", "le", "monde").chunkDelay(Duration.ofMillis(200)));

        cancelledStream(llm.baseUrl());
        long start = System.nanoTime();

        assertThat(usage.await()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.CUT);
        assertThat(usage.inputTokens()).isPositive();
    }

    @Test
    void leavesATimeoutToTheEndpoint(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Bonjour").after(Duration.ofMillis(600)));
        ChatModel impatient = OpenAiChatModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey("sk-none")
                .modelName("gpt-4o-mini")
                .timeout(Duration.ofMillis(200))
                .maxRetries(0)
                .listeners(List.of(listener))
                .build();

        assertThatThrownBy(() -> impatient.chat("Hello")).isInstanceOf(RuntimeException.class);

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.origin()).isEqualTo(Origin.MOCK));
    }

    @Test
    void tellsParallelCallsApartThatGoBothWays(MockLlm llm, TokenUsage usage) {
        llm.otherwise(Reply.text("Bonjour").usage(10, 5).after(Duration.ofMillis(20)));
        service.script().otherwise(Reply.text("Hello").usage(1_000, 500).after(Duration.ofMillis(20)));
        ChatModel seen = chatModel(llm.baseUrl());
        ChatModel unseen = chatModel(service.baseUrl());

        CompletableFuture.allOf(IntStream.range(0, 24)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> (i % 2 == 0 ? seen : unseen).chat("Hello")))
                        .toArray(CompletableFuture<?>[]::new))
                .join();

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).hasSize(24);
        assertThat(usage.calls())
                .filteredOn(call -> call.origin() == Origin.MOCK)
                .hasSize(12);
        assertThat(usage.totalTokens()).isEqualTo(12 * 15 + 12 * 1_500);
    }

    @Test
    void countsParallelEmbeddingsOnce(MockLlm llm, TokenUsage usage) {
        llm.otherwise(Reply.embeddings().usage(12, 0).after(Duration.ofMillis(20)));
        var model = embeddingModel(llm.baseUrl());

        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> model.embed("Hello")))
                        .limit(16)
                        .toArray(CompletableFuture<?>[]::new))
                .join();

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).hasSize(16);
    }

    @Test
    void readsTheUsageOfOtherServicesInOurTerms(TokenUsage usage) {
        told(AnthropicTokenUsage.builder()
                .inputTokenCount(5)
                .outputTokenCount(7)
                .cacheReadInputTokens(100)
                .cacheCreationInputTokens(20)
                .build());
        told(GoogleAiGeminiTokenUsage.builder()
                .inputTokenCount(100)
                .outputTokenCount(7)
                .totalTokenCount(120)
                .cachedContentTokenCount(60)
                .thoughtsTokenCount(13)
                .build());
        told(new dev.langchain4j.model.output.TokenUsage(5, 7) {});
        told(new dev.langchain4j.model.output.TokenUsage(5));
        told(new dev.langchain4j.model.output.TokenUsage(0, 0));

        assertThat(usage.calls())
                .extracting(LlmCall::tokens)
                .containsExactly(
                        new TokenCounts(125, 100, 20, 0, 7, 0, 0),
                        new TokenCounts(100, 60, 0, 0, 20, 13, 0),
                        TokenCounts.of(5, 7),
                        TokenCounts.of(5, 0),
                        TokenCounts.NONE);
        assertThat(usage.calls())
                .extracting(LlmCall::countSource)
                .containsExactly(
                        CountSource.REPORTED,
                        CountSource.REPORTED,
                        CountSource.PARTIAL,
                        CountSource.PARTIAL,
                        CountSource.UNKNOWN);
    }

    @Test
    void doesNotLetACancelledStreamPassABudgetUnseen(@TempDir Path reports) {
        Throwable failure =
                new JupiterRun(reports).with("llmbudget.await", "200 ms").failureOf(CancelledTestCases.class);

        assertThat(failure).isInstanceOf(BudgetExceededError.class).hasMessageContaining("unfinished");
    }

    @Test
    void doesNotCountACallThatTheEndpointRefused(@TempDir Path reports) {
        Throwable failure = new JupiterRun(reports).failureOf(RefusedTestCases.class);

        assertThat(failure).isInstanceOf(BudgetExceededError.class);
    }

    @LlmBudget(mode = Mode.MOCK)
    static class CancelledTestCases {

        @Test
        @MaxTokens(1_000)
        void cancels(CallRecorder recorder) {
            try (var service = new ScriptedService()) {
                service.script()
                        .reply(Reply.stream("Bon", "jour", "le", "monde").chunkDelay(Duration.ofMillis(100)));
                cancelledStream(service.baseUrl(), new LangChain4jUsageListener(recorder));
            }
        }
    }

    @LlmBudget(mode = Mode.MOCK)
    static class RefusedTestCases {

        @Test
        @MaxCalls(value = 1, hard = true)
        void callsTwice(CallRecorder recorder, MockLlm llm, TokenUsage usage) {
            llm.otherwise(Reply.text("Bonjour"));
            ChatModel model = chatModel(llm.baseUrl(), new LangChain4jUsageListener(recorder));
            model.chat("Hello");

            assertThatThrownBy(() -> model.chat("Hello")).hasStackTraceContaining("llm-budget did not send this call");

            assertThat(usage.calls()).hasSize(1);
        }
    }

    interface Assistant {

        String ask(String question);
    }

    static final class Clock {

        @Tool("Tells the time")
        String time() {
            return "12:00";
        }
    }

    private static void scriptLoop(MockLlm script) {
        script.reply(Reply.toolCall("time", "{}").usage(31, 5))
                .reply(Reply.text("Noon").usage(53, 7));
    }

    private Assistant assistant(String baseUrl) {
        return AiServices.builder(Assistant.class)
                .chatModel(chatModel(baseUrl))
                .tools(new Clock())
                .build();
    }

    private ChatModel chatModel(String baseUrl) {
        return chatModel(baseUrl, listener);
    }

    private static ChatModel chatModel(String baseUrl, ChatModelListener listener) {
        return OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("sk-none")
                .modelName("gpt-4o-mini")
                .listeners(List.of(listener))
                .build();
    }

    private OpenAiEmbeddingModel embeddingModel(String baseUrl) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(baseUrl)
                .apiKey("sk-none")
                .modelName("text-embedding-3-small")
                .listeners(List.of(listener))
                .build();
    }

    private static OpenAiStreamingChatModel streamingModel(String baseUrl, ChatModelListener listener) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("sk-none")
                .modelName("gpt-4o-mini")
                .listeners(List.of(listener))
                .build();
    }

    private CompletableFuture<ChatResponse> stream(String baseUrl) {
        var whole = new CompletableFuture<ChatResponse>();
        streamingModel(baseUrl, listener).chat("Hello", new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return whole;
    }

    private void cancelledStream(String baseUrl) {
        cancelledStream(baseUrl, listener);
    }

    private static void cancelledStream(String baseUrl, ChatModelListener listener) {
        var cancelled = new CountDownLatch(1);
        streamingModel(baseUrl, listener).chat("Hello", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
                context.streamingHandle().cancel();
                cancelled.countDown();
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {}

            @Override
            public void onError(Throwable error) {}
        });
        try {
            cancelled.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A model in memory that tells such usage. */
    private void told(dev.langchain4j.model.output.TokenUsage usage) {
        ChatModel model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from("Bonjour"))
                        .tokenUsage(usage)
                        .build();
            }

            @Override
            public ChatRequestParameters defaultRequestParameters() {
                return ChatRequestParameters.builder().modelName("some-model").build();
            }

            @Override
            public List<ChatModelListener> listeners() {
                return List.of(listener);
            }

            @Override
            public ModelProvider provider() {
                return ModelProvider.OTHER;
            }
        };
        model.chat("Hello");
    }
}
