package demo;

import static io.github.llmbudget.endpoint.RequestMatcher.json;
import static io.github.llmbudget.endpoint.RequestMatcher.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseUsage;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever openai-java is asked for, it reads the usage that the test sees. Left out of an ordinary build by its tag. */
@Tag("clients")
@Timeout(30)
@LlmBudget(mode = Mode.MOCK)
class EveryWayToCallTests {

    private static final String MODEL = "gpt-4o-mini";
    private static final String QUESTION = "Where is order 7?";
    private static final String ANSWER = "Order 7 is on its way.";
    private static final String ORDER = "{\"number\": 7}";

    /** A hundred tokens of input, 64 of them cached; thirty of output, 10 of them reasoning. */
    private static final TokenCounts USAGE = new TokenCounts(100, 64, 0, 0, 30, 10, 0);

    /** What the model may ask for. */
    @JsonTypeName("find_order")
    @JsonClassDescription("Finds an order.")
    static class FindOrder {
        public int number;
    }

    /** An answer in a given form. */
    static class Status {
        public int order;
        public boolean sent;
    }

    private OpenAIClient client;

    @BeforeEach
    void createClient(LlmEndpoint llm) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .build();
    }

    @Test
    void chats(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).usage(USAGE));

        var answer = client.chat().completions().create(chat().build());

        assertThat(text(answer)).isEqualTo(ANSWER);
        assertSame(List.of(answer.usage().orElseThrow()), usage);
        assertReported(usage, 1);
    }

    @Test
    void chatsWithCountedUsage(MockLlm llm, TokenUsage usage) {
        llm.reply(ANSWER);

        var answer = client.chat().completions().create(chat().build());

        assertSame(List.of(answer.usage().orElseThrow()), usage);
        assertReported(usage, 1);
    }

    @Test
    void chatsAsynchronously(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).usage(USAGE));

        var answer = client.async().chat().completions().create(chat().build()).join();

        assertSame(List.of(answer.usage().orElseThrow()), usage);
        assertReported(usage, 1);
    }

    @Test
    void takesSeveralChoices(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.choices(ANSWER, "It is lost."));

        var answer = client.chat().completions().create(chat().n(2).build());

        assertThat(answer.choices())
                .extracting(choice -> choice.message().content().orElseThrow())
                .containsExactly(ANSWER, "It is lost.");
        assertSame(List.of(answer.usage().orElseThrow()), usage);
    }

    @Test
    void isRefused(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.refusal("I may not tell."));

        var answer = client.chat().completions().create(chat().build());

        assertThat(answer.choices().get(0).message().refusal()).hasValue("I may not tell.");
        assertSame(List.of(answer.usage().orElseThrow()), usage);
    }

    @Test
    void takesAnAnswerInAGivenForm(MockLlm llm, TokenUsage usage) {
        llm.when(json("$.response_format.type", "json_schema")).reply(Reply.json("{\"order\": 7, \"sent\": true}"));

        var answer = client.chat()
                .completions()
                .create(chat().responseFormat(Status.class).build());

        Status status = answer.choices().get(0).message().content().orElseThrow();
        assertThat(status.order).isEqualTo(7);
        assertThat(status.sent).isTrue();
        assertSame(List.of(answer.usage().orElseThrow()), usage);
    }

    @Test
    void streams(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("Order 7 ", "is on ", "its way.").usage(USAGE));

        var answer = stream(chatWithStreamedUsage());

        assertThat(text(answer)).isEqualTo(ANSWER);
        assertSame(List.of(answer.usage().orElseThrow()), usage);
        assertReported(usage, 1);
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
    }

    @Test
    void streamsWithCountedUsage(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).obfuscated());

        var answer = stream(chatWithStreamedUsage());

        assertThat(text(answer)).isEqualTo(ANSWER);
        assertSame(List.of(answer.usage().orElseThrow()), usage);
        assertReported(usage, 1);
    }

    @Test
    void streamsAsynchronously(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).usage(USAGE));
        var whole = ChatCompletionAccumulator.create();

        client.async()
                .chat()
                .completions()
                .createStreaming(chatWithStreamedUsage().build())
                .subscribe(whole::accumulate)
                .onCompleteFuture()
                .join();

        assertThat(text(whole.chatCompletion())).isEqualTo(ANSWER);
        assertSame(List.of(whole.chatCompletion().usage().orElseThrow()), usage);
    }

    @Test
    void callsATool(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.toolCall("find_order", ORDER).usage(USAGE))
                .when(json("$.messages[*].role", "tool"))
                .reply(ANSWER);
        var conversation = chat().addTool(FindOrder.class);

        var first = client.chat().completions().create(conversation.build());
        addToolResults(conversation, first.choices().get(0).message());
        var second = client.chat().completions().create(conversation.build());

        assertThat(text(second)).isEqualTo(ANSWER);
        assertSame(List.of(first.usage().orElseThrow(), second.usage().orElseThrow()), usage);
        assertReported(usage, 2);
    }

    @Test
    void callsToolsInAStream(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Let me look.").withToolCall("find_order", ORDER).withToolCall("find_order", ORDER))
                .when(json("$.messages[*].role", "tool"))
                .reply(Reply.text(ANSWER).usage(USAGE));
        var conversation = chatWithStreamedUsage().addTool(FindOrder.class);

        var first = stream(conversation);
        assertThat(text(first)).isEqualTo("Let me look.");
        assertThat(first.choices().get(0).message().toolCalls().orElseThrow()).hasSize(2);
        addToolResults(conversation, first.choices().get(0).message());
        var second = stream(conversation);

        assertThat(text(second)).isEqualTo(ANSWER);
        assertSame(List.of(first.usage().orElseThrow(), second.usage().orElseThrow()), usage);
        assertReported(usage, 2);
    }

    @Test
    void takesAResponse(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).reasoning("The order was sent.").usage(USAGE));

        var response = client.responses().create(response().build());

        assertThat(text(response)).isEqualTo(ANSWER);
        assertThat(response.output().get(0).asReasoning().summary().get(0).text())
                .isEqualTo("The order was sent.");
        assertSameInResponses(List.of(response), usage);
        assertReported(usage, 1);
    }

    @Test
    void streamsAResponse(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).reasoning("The order was sent."));

        var response = streamedResponse(response());

        assertThat(text(response)).isEqualTo(ANSWER);
        assertSameInResponses(List.of(response), usage);
        assertReported(usage, 1);
    }

    @Test
    void callsAToolInAResponse(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.toolCall("find_order", ORDER).usage(USAGE))
                .when(json("$.input[*].type", "function_call_output"))
                .reply(ANSWER);

        var first =
                client.responses().create(response().addTool(FindOrder.class).build());
        var second = client.responses()
                .create(response()
                        .inputOfResponse(withToolResult(first))
                        .addTool(FindOrder.class)
                        .build());

        assertThat(text(second)).isEqualTo(ANSWER);
        assertSameInResponses(List.of(first, second), usage);
        assertReported(usage, 2);
    }

    @Test
    void callsAToolInAStreamedResponse(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.toolCall("find_order", ORDER))
                .when(json("$.input[*].type", "function_call_output"))
                .reply(Reply.text(ANSWER).usage(USAGE));

        var first = streamedResponse(response().addTool(FindOrder.class));
        var second = streamedResponse(response().inputOfResponse(withToolResult(first)));

        assertThat(text(second)).isEqualTo(ANSWER);
        assertSameInResponses(List.of(first, second), usage);
        assertReported(usage, 2);
    }

    @Test
    void breaksOffAResponseThatIsTooLong(MockLlm llm, TokenUsage usage) {
        llm.reply(2, Reply.text(ANSWER).finishReason("length"));

        var whole = client.responses().create(response().build());
        var streamed = streamedResponse(response());

        assertThat(List.of(whole, streamed))
                .extracting(response ->
                        response.incompleteDetails().orElseThrow().reason().orElseThrow())
                .containsOnly(Response.IncompleteDetails.Reason.MAX_OUTPUT_TOKENS);
        assertSameInResponses(List.of(whole, streamed), usage);
    }

    @Test
    void completesATextInTheOldWay(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("a joke").usage(4, 14)).reply("another joke");

        var first = client.completions().create(completion().build());
        var second = client.completions().create(completion().build());

        assertThat(second.choices().get(0).text()).isEqualTo("another joke");
        assertSame(List.of(first.usage().orElseThrow(), second.usage().orElseThrow()), usage);
        assertReported(usage, 2);
    }

    @Test
    void streamsATextInTheOldWay(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("a ", "joke").usage(4, 14));
        var told = new ArrayList<CompletionUsage>();
        var text = new StringBuilder();

        try (var chunks = client.completions()
                .createStreaming(completion()
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            chunks.stream().forEach(chunk -> {
                chunk.choices().forEach(choice -> text.append(choice.text()));
                chunk.usage().ifPresent(told::add);
            });
        }

        assertThat(text).hasToString("a joke");
        assertSame(told, usage);
        assertReported(usage, 1);
    }

    @Test
    void embeds(MockLlm llm, TokenUsage usage) {
        llm.when(path("/embeddings")).always(Reply.embeddings());

        var packed = client.embeddings().create(embedding().build());
        var plain = client.embeddings()
                .create(embedding()
                        .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                        .build());

        assertThat(packed.data()).hasSize(2);
        for (int text = 0; text < 2; text++) {
            var numbers = plain.data().get(text).embedding();
            assertThat(numbers).hasSize(1536).isEqualTo(packed.data().get(text).embedding());
            assertThat(numbers.stream().mapToDouble(x -> x * x).sum()).isCloseTo(1, within(1e-5));
        }
        assertSameInEmbeddings(List.of(packed, plain), usage);
        assertReported(usage, 2);
    }

    @Test
    void embedsInAsManyDimensionsAsItIsAskedFor(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.embeddings().usage(12, 0)).reply(Reply.embedding(0.6f, -0.8f));

        var made = client.embeddings().create(embedding().dimensions(8).build());
        var given = client.embeddings().create(embedding().build());

        assertThat(made.data()).allMatch(embedding -> embedding.embedding().size() == 8);
        assertThat(given.data()).allMatch(embedding -> embedding.embedding().equals(List.of(0.6f, -0.8f)));
        assertSameInEmbeddings(List.of(made, given), usage);
    }

    @Test
    void moderatesForNothing(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.moderation("violence", "self-harm/intent")).reply(Reply.moderation());

        var flagged = client.moderations()
                .create(ModerationCreateParams.builder()
                        .input("I will break it.")
                        .build());
        var harmless = client.moderations()
                .create(ModerationCreateParams.builder().input(QUESTION).build());

        var categories = flagged.results().get(0).validate().categories();
        assertThat(categories.violence()).isTrue();
        assertThat(categories.selfHarmIntent()).isTrue();
        assertThat(categories.hate()).isFalse();
        assertThat(harmless.results()).noneMatch(result -> result.validate().flagged());
        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.totalTokens()).isZero();
        assertThat(usage.cost()).hasToString("$0.00");
    }

    @Test
    void listsModelsWithoutACall(MockLlm llm, TokenUsage usage) {
        llm.when(path("/models")).always(Reply.models(MODEL, "text-embedding-3-small"));

        assertThat(client.models().list().autoPager())
                .extracting(Model::id)
                .containsExactly(MODEL, "text-embedding-3-small");
        assertThat(client.models().retrieve(MODEL).validate().id()).isEqualTo(MODEL);
        assertThat(usage.calls()).isEmpty();
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(QUESTION);
    }

    private static ChatCompletionCreateParams.Builder chatWithStreamedUsage() {
        return chat().streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build());
    }

    private static ResponseCreateParams.Builder response() {
        return ResponseCreateParams.builder().model(MODEL).input(QUESTION);
    }

    private static CompletionCreateParams.Builder completion() {
        return CompletionCreateParams.builder()
                .model(CompletionCreateParams.Model.GPT_3_5_TURBO_INSTRUCT)
                .prompt("Tell me a joke");
    }

    private static EmbeddingCreateParams.Builder embedding() {
        return EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfStrings(List.of("A vase arrived broken.", "Refunds take 5 days."));
    }

    private ChatCompletion stream(ChatCompletionCreateParams.Builder params) {
        var whole = ChatCompletionAccumulator.create();
        try (var chunks = client.chat().completions().createStreaming(params.build())) {
            chunks.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion().validate();
    }

    private Response streamedResponse(ResponseCreateParams.Builder params) {
        var whole = ResponseAccumulator.create();
        try (var events = client.responses().createStreaming(params.build())) {
            events.stream().forEach(event -> whole.accumulate(event.validate()));
        }
        return whole.response().validate();
    }

    private static void addToolResults(ChatCompletionCreateParams.Builder conversation, ChatCompletionMessage asking) {
        conversation.addMessage(asking);
        for (var call : asking.toolCalls().orElseThrow()) {
            assertThat(call.asFunction().function().arguments(FindOrder.class).number)
                    .isEqualTo(7);
            conversation.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(call.asFunction().id())
                    .contentAsJson(Map.of("status", "sent"))
                    .build());
        }
    }

    private static List<ResponseInputItem> withToolResult(Response asking) {
        ResponseFunctionToolCall call = asking.output().get(0).asFunctionCall();
        assertThat(call.arguments(FindOrder.class).number).isEqualTo(7);
        return List.of(
                ResponseInputItem.ofFunctionCall(call),
                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                        .callId(call.callId())
                        .outputAsJson(Map.of("status", "sent"))
                        .build()));
    }

    private static String text(ChatCompletion completion) {
        return completion.validate().choices().get(0).message().content().orElse("");
    }

    private static String text(Response response) {
        var text = new StringBuilder();
        response.validate().output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .forEach(content -> text.append(content.asOutputText().text()));
        return text.toString();
    }

    private static void assertSame(List<CompletionUsage> told, TokenUsage usage) {
        assertThat(usage.calls())
                .extracting(LlmCall::tokens)
                .containsExactlyElementsOf(told.stream()
                        .map(one -> counts(
                                one.promptTokens(),
                                one.promptTokensDetails()
                                        .orElseThrow()
                                        .cachedTokens()
                                        .orElseThrow(),
                                one.completionTokens(),
                                one.completionTokensDetails()
                                        .orElseThrow()
                                        .reasoningTokens()
                                        .orElseThrow()))
                        .toList());
        assertThat(usage.totalTokens())
                .isPositive()
                .isEqualTo(told.stream().mapToLong(CompletionUsage::totalTokens).sum());
    }

    private static void assertSameInResponses(List<Response> told, TokenUsage usage) {
        assertThat(usage.calls())
                .extracting(LlmCall::tokens)
                .containsExactlyElementsOf(told.stream()
                        .map(response -> response.usage().orElseThrow())
                        .map(one -> counts(
                                one.inputTokens(),
                                one.inputTokensDetails().cachedTokens(),
                                one.outputTokens(),
                                one.outputTokensDetails().reasoningTokens()))
                        .toList());
        assertThat(usage.totalTokens())
                .isPositive()
                .isEqualTo(told.stream()
                        .map(response -> response.usage().orElseThrow())
                        .mapToLong(ResponseUsage::totalTokens)
                        .sum());
    }

    private static void assertSameInEmbeddings(List<CreateEmbeddingResponse> told, TokenUsage usage) {
        assertThat(usage.calls())
                .extracting(LlmCall::tokens)
                .containsExactlyElementsOf(told.stream()
                        .map(response -> counts(response.validate().usage().promptTokens(), 0, 0, 0))
                        .toList());
        assertThat(usage.totalTokens())
                .isPositive()
                .isEqualTo(told.stream()
                        .mapToLong(response -> response.usage().totalTokens())
                        .sum());
    }

    private static TokenCounts counts(long input, long cached, long output, long reasoning) {
        return new TokenCounts(input, cached, 0, 0, output, reasoning, 0);
    }

    private static void assertReported(TokenUsage usage, int calls) {
        assertThat(usage.calls())
                .hasSize(calls)
                .allMatch(call -> call.countSource() == CountSource.REPORTED)
                .allMatch(call -> call.anomalies().isEmpty());
        assertThat(usage.cost().isComplete()).isTrue();
    }
}
