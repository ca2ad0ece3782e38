package demo;

import static io.github.llmbudget.endpoint.RequestMatcher.json;
import static io.github.llmbudget.endpoint.RequestMatcher.lastUserText;
import static io.github.llmbudget.endpoint.RequestMatcher.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiModerationModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.client.LangChain4jUsageListener;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever LangChain4j is asked for, it reads the usage that the test sees. */
@Timeout(30)
@LlmBudget(mode = Mode.MOCK)
class EveryWayToCallTests {

    private static final String MODEL = "gpt-4o-mini";
    private static final String EMBEDDING_MODEL = "text-embedding-3-small";
    private static final String QUESTION = "When does the train to Lisbon leave?";
    private static final String ANSWER = "The train leaves at nine.";
    private static final String PLACE = "{\"place\": \"Lisbon\"}";

    /** A hundred tokens of input, 64 of them cached; thirty of output, 10 of them reasoning. */
    private static final TokenCounts USAGE = new TokenCounts(100, 64, 0, 0, 30, 10, 0);

    private static final List<String> NOTES = List.of(
            "The museum is closed on Mondays.",
            "The train to Lisbon leaves at nine from platform four.",
            "Breakfast is served on the terrace.");

    private LangChain4jUsageListener listener;

    /** The listener hears of the calls too, and each counts once all the same. */
    @BeforeEach
    void listen(CallRecorder recorder) {
        listener = new LangChain4jUsageListener(recorder);
    }

    interface Guide {
        Result<String> answer(String question);
    }

    interface StreamingGuide {
        TokenStream answer(String question);
    }

    interface Planner {
        Result<Trip> plan(String wish);
    }

    record Trip(String place, int days) {}

    /** What the model may ask for. */
    static class Timetable {

        private final List<String> asked = new ArrayList<>();

        @Tool("Tells when the next train leaves.")
        String nextTrain(@P("where the train goes") String place) {
            asked.add(place);
            return "at nine";
        }
    }

    @Test
    void chats(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).usage(USAGE)).reply(ANSWER);

        var given = chatModel(llm).chat(UserMessage.from(QUESTION));
        var counted = chatModel(llm).chat(UserMessage.from(QUESTION));

        assertThat(List.of(given, counted))
                .extracting(response -> response.aiMessage().text())
                .containsOnly(ANSWER);
        assertSame(List.of(given, counted), usage);
        assertReported(usage, 2);
    }

    @Test
    void streams(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("The train ", "leaves ", "at nine.").usage(USAGE))
                .reply(Reply.text(ANSWER).obfuscated());

        var given = stream(streamingModel(llm));
        var counted = stream(streamingModel(llm));

        assertThat(List.of(given, counted))
                .extracting(response -> response.aiMessage().text())
                .containsOnly(ANSWER);
        assertSame(List.of(given, counted), usage);
        assertReported(usage, 2);
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
    }

    @Test
    void showsEachAttempt(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.error(500, "Down")).reply(Reply.text(ANSWER).usage(USAGE));

        assertThat(chatModel(llm).chat(QUESTION)).isEqualTo(ANSWER);

        assertThat(usage.calls()).extracting(LlmCall::httpStatus).containsExactly(500, 200);
        assertThat(usage.totalTokens()).isEqualTo(USAGE.total());
    }

    /** LangChain4j tells nothing of it, so what counts is what went over the wire. */
    @Test
    void cancelsAStream(MockLlm llm, TokenUsage usage) {
        llm.reply(ANSWER).reply(Reply.text(ANSWER.repeat(20)).chunkDelay(Duration.ofMillis(100)));
        var input = chatModel(llm).chat(UserMessage.from(QUESTION)).tokenUsage().inputTokenCount();
        var cancelled = new CompletableFuture<String>();

        streamingModel(llm).chat(QUESTION, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
                context.streamingHandle().cancel();
                cancelled.complete(part.text());
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                cancelled.completeExceptionally(new AssertionError("It was cancelled"));
            }

            @Override
            public void onError(Throwable error) {
                cancelled.completeExceptionally(error);
            }
        });

        assertThat(ANSWER).startsWith(cancelled.join());
        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).hasSize(2).last().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.CUT);
            assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
            assertThat(call.tokens().input()).isEqualTo((long) input);
            assertThat(call.tokens().output()).isBetween(1L, 50L);
        });
    }

    @Test
    void takesResponses(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).usage(USAGE)).reply(ANSWER);

        var whole = OpenAiResponsesChatModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .modelName(MODEL)
                .listeners(List.of(listener))
                .build()
                .chat(UserMessage.from(QUESTION));
        var streamed = stream(OpenAiResponsesStreamingChatModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .modelName(MODEL)
                .listeners(List.of(listener))
                .build());

        assertThat(List.of(whole, streamed))
                .extracting(response -> response.aiMessage().text())
                .containsOnly(ANSWER);
        assertSame(List.of(whole, streamed), usage);
        assertReported(usage, 2);
    }

    @Test
    void completesATextInTheOldWay(MockLlm llm, TokenUsage usage) {
        llm.reply("nine.");

        var completion = OpenAiLanguageModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .modelName("gpt-3.5-turbo-instruct")
                .build()
                .generate("The train leaves at");

        assertThat(completion.content()).isEqualTo("nine.");
        assertSum(completion.tokenUsage(), usage);
        assertReported(usage, 1);
    }

    @Test
    void callsATool(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.toolCall("nextTrain", PLACE).usage(USAGE))
                .when(json("$.messages[*].role", "tool"))
                .reply(ANSWER);
        var timetable = new Timetable();

        Result<String> result = AiServices.builder(Guide.class)
                .chatModel(chatModel(llm))
                .tools(timetable)
                .build()
                .answer(QUESTION);

        assertThat(result.content()).isEqualTo(ANSWER);
        assertThat(timetable.asked).containsExactly("Lisbon");
        assertSum(result.tokenUsage(), usage);
        assertReported(usage, 2);
    }

    @Test
    void callsToolsInAStream(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Let me look.")
                        .withToolCall("nextTrain", PLACE)
                        .withToolCall("nextTrain", "{\"place\": \"Porto\"}"))
                .when(json("$.messages[*].role", "tool"))
                .reply(Reply.text(ANSWER).usage(USAGE));
        var timetable = new Timetable();
        var pieces = new StringBuffer();
        var last = new CompletableFuture<ChatResponse>();

        AiServices.builder(StreamingGuide.class)
                .streamingChatModel(streamingModel(llm))
                .tools(timetable)
                .build()
                .answer(QUESTION)
                .onPartialResponse(pieces::append)
                .onCompleteResponse(last::complete)
                .onError(last::completeExceptionally)
                .start();

        assertThat(last.join().aiMessage().text()).isEqualTo(ANSWER);
        assertThat(pieces).hasToString("Let me look." + ANSWER);
        assertThat(timetable.asked).containsExactlyInAnyOrder("Lisbon", "Porto");
        assertSum(last.join().tokenUsage(), usage);
        assertReported(usage, 2);
    }

    @Test
    void takesAnAnswerInAGivenForm(MockLlm llm, TokenUsage usage) {
        llm.when(json("$.response_format.json_schema.name", "Trip"))
                .reply(Reply.json("{\"place\": \"Lisbon\", \"days\": 3}"));
        var model = OpenAiChatModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .modelName(MODEL)
                .listeners(List.of(listener))
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .strictJsonSchema(true)
                .build();

        Result<Trip> result = AiServices.create(Planner.class, model).plan("A long weekend in the south");

        assertThat(result.content()).isEqualTo(new Trip("Lisbon", 3));
        assertSum(result.tokenUsage(), usage);
        assertReported(usage, 1);
    }

    @Test
    void embeds(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.embedding(0.6f, -0.8f).usage(12, 0)).reply(Reply.embeddings());
        var texts = NOTES.stream().map(TextSegment::from).toList();

        var given = embeddingModel(llm).embedAll(texts);
        var counted = embeddingModel(llm).embedAll(texts);

        assertThat(given.content()).hasSize(3).allMatch(embedding -> embedding.dimension() == 2);
        assertThat(counted.content()).hasSize(3).allMatch(embedding -> embedding.dimension() == 1536);
        assertThat(usage.calls())
                .extracting(call -> call.tokens().input())
                .containsExactly((long) given.tokenUsage().inputTokenCount(), (long)
                        counted.tokenUsage().inputTokenCount());
        assertReported(usage, 2);
    }

    @Test
    void answersFromTheNoteThatSharesMostWordsWithTheQuestion(MockLlm llm, TokenUsage usage) {
        llm.when(path("/embeddings")).always(Reply.embeddings());
        llm.when(lastUserText("platform four")).reply("At nine, from platform four.");
        var store = new InMemoryEmbeddingStore<TextSegment>();
        var texts = NOTES.stream().map(TextSegment::from).toList();
        store.addAll(embeddingModel(llm).embedAll(texts).content(), texts);
        var guide = AiServices.builder(Guide.class)
                .chatModel(chatModel(llm))
                .contentRetriever(EmbeddingStoreContentRetriever.builder()
                        .embeddingStore(store)
                        .embeddingModel(embeddingModel(llm))
                        .maxResults(1)
                        .build())
                .build();

        Result<String> result = guide.answer(QUESTION);

        assertThat(result.content()).isEqualTo("At nine, from platform four.");
        assertThat(result.sources())
                .extracting(Content::textSegment)
                .extracting(TextSegment::text)
                .containsExactly(NOTES.get(1));
        assertThat(usage.byModel()).containsOnlyKeys(MODEL, EMBEDDING_MODEL);
        assertThat(usage.byModel().get(MODEL).totalTokens())
                .isEqualTo((long) result.tokenUsage().totalTokenCount());
        assertReported(usage, 3);
    }

    @Test
    void moderates(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.moderation("violence")).reply(Reply.moderation());
        var model = OpenAiModerationModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .build();

        assertThat(model.moderate("I will break it.").content().flagged()).isTrue();
        assertThat(model.moderate(QUESTION).content().flagged()).isFalse();
        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.cost()).hasToString("$0.00");
    }

    private OpenAiChatModel chatModel(LlmEndpoint llm) {
        return OpenAiChatModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .modelName(MODEL)
                .listeners(List.of(listener))
                .build();
    }

    private OpenAiStreamingChatModel streamingModel(LlmEndpoint llm) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .modelName(MODEL)
                .listeners(List.of(listener))
                .build();
    }

    private OpenAiEmbeddingModel embeddingModel(LlmEndpoint llm) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .modelName(EMBEDDING_MODEL)
                .listeners(List.of(listener))
                .build();
    }

    private static ChatResponse stream(StreamingChatModel model) {
        var whole = new CompletableFuture<ChatResponse>();
        var request = ChatRequest.builder().messages(UserMessage.from(QUESTION)).build();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return whole.join();
    }

    private static void assertSame(List<ChatResponse> told, TokenUsage usage) {
        assertThat(usage.calls())
                .extracting(LlmCall::tokens)
                .containsExactlyElementsOf(told.stream()
                        .map(response -> counts(response.tokenUsage()))
                        .toList());
        assertThat(usage.totalTokens())
                .isPositive()
                .isEqualTo(told.stream()
                        .mapToLong(response -> response.tokenUsage().totalTokenCount())
                        .sum());
    }

    private static void assertSum(dev.langchain4j.model.output.TokenUsage told, TokenUsage usage) {
        assertThat(usage.calls().stream().map(LlmCall::tokens).reduce(TokenCounts.NONE, TokenCounts::plus))
                .isEqualTo(counts(told));
        assertThat(usage.totalTokens()).isPositive().isEqualTo((long) told.totalTokenCount());
    }

    private static TokenCounts counts(dev.langchain4j.model.output.TokenUsage told) {
        long cached = 0;
        long reasoning = 0;
        if (told instanceof OpenAiTokenUsage detailed) {
            cached = detailed.inputTokensDetails() == null
                    ? 0
                    : detailed.inputTokensDetails().cachedTokens();
            reasoning = detailed.outputTokensDetails() == null
                    ? 0
                    : detailed.outputTokensDetails().reasoningTokens();
        }
        return new TokenCounts(told.inputTokenCount(), cached, 0, 0, told.outputTokenCount(), reasoning, 0);
    }

    private static void assertReported(TokenUsage usage, int calls) {
        assertThat(usage.calls())
                .hasSize(calls)
                .allMatch(call -> call.countSource() == CountSource.REPORTED)
                .allMatch(call -> call.anomalies().isEmpty());
        assertThat(usage.cost().isComplete()).isTrue();
    }
}
