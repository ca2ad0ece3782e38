package demo;

import static io.github.llmbudget.endpoint.RequestMatcher.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.moderation.ModerationPrompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiModerationModel;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Whatever Spring AI is asked for, it reads the usage that the test sees. */
@SpringBootTest
@Timeout(30)
@LlmBudget(mode = Mode.MOCK)
class EveryWayToCallTests {

    private static final String QUESTION = "When does the train to Lisbon leave?";
    private static final String ANSWER = "The train leaves at nine.";
    private static final String PLACE = "{\"place\": \"Lisbon\"}";

    /** A hundred tokens of input, 64 of them cached; thirty of output, 10 of them reasoning. */
    private static final TokenCounts USAGE = new TokenCounts(100, 64, 0, 0, 30, 10, 0);

    /** Without it, a stream of this version tells no usage. */
    private static final OpenAiChatOptions WITH_USAGE =
            OpenAiChatOptions.builder().streamUsage(true).build();

    @Autowired
    private OpenAiChatModel chatModel;

    @Autowired
    private OpenAiEmbeddingModel embeddingModel;

    @Autowired
    private OpenAiModerationModel moderationModel;

    @Autowired
    private ToldTokens told;

    /** An answer in a given form. */
    record Trip(String place, int days) {}

    /** What the model may ask for. */
    static class Timetable {

        private final List<String> asked = new ArrayList<>();

        @Tool(description = "Tells when the next train leaves.")
        String nextTrain(@ToolParam(description = "where the train goes") String place) {
            asked.add(place);
            return "at nine";
        }
    }

    @Test
    void chats(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).usage(USAGE)).reply(ANSWER);

        var given = chatModel.call(new Prompt(QUESTION));
        var counted = ChatClient.create(chatModel).prompt(QUESTION).call().chatResponse();

        assertThat(List.of(given, counted))
                .extracting(EveryWayToCallTests::text)
                .containsOnly(ANSWER);
        assertSame(List.of(given, counted), usage);
        assertReported(usage, 2);
    }

    @Test
    void streams(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("The train ", "leaves ", "at nine.").usage(USAGE))
                .reply(Reply.text(ANSWER).obfuscated());

        var given =
                chatModel.stream(new Prompt(QUESTION, WITH_USAGE)).collectList().block();
        var counted = ChatClient.create(chatModel).prompt(QUESTION).options(WITH_USAGE).stream()
                .chatResponse()
                .collectList()
                .block();

        assertThat(List.of(given, counted))
                .extracting(EveryWayToCallTests::text)
                .containsOnly(ANSWER);
        assertSame(List.of(last(given), last(counted)), usage);
        assertReported(usage, 2);
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
    }

    @Test
    void countsASilentStream(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text(ANSWER).usage(11, 7));
        told.forget();

        var pieces = chatModel.stream(new Prompt(QUESTION)).collectList().block();

        assertThat(pieces)
                .extracting(piece -> piece.getMetadata().getUsage().getTotalTokens())
                .containsOnly(0);
        assertThat(told.sum()).isZero();
        assertThat(usage.totalTokens()).isEqualTo(18);
        assertReported(usage, 1);
    }

    @Test
    void callsATool(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.toolCall("nextTrain", PLACE).usage(USAGE))
                .when(json("$.messages[*].role", "tool"))
                .reply(ANSWER);
        var timetable = new Timetable();

        var answer = ChatClient.create(chatModel)
                .prompt(QUESTION)
                .tools(timetable)
                .call()
                .chatResponse();

        assertThat(text(answer)).isEqualTo(ANSWER);
        assertThat(timetable.asked).containsExactly("Lisbon");
        assertSum(answer, usage);
        assertReported(usage, 2);
    }

    @Test
    void countsEachCallOnce(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.toolCall("nextTrain", PLACE).usage(31, 5))
                .when(json("$.messages[*].role", "tool"))
                .reply(Reply.text(ANSWER).usage(53, 7));
        told.forget();

        ChatClient.create(chatModel)
                .prompt(QUESTION)
                .tools(new Timetable())
                .call()
                .content();

        assertThat(told.sum()).isEqualTo(132);
        assertThat(usage.totalTokens()).isEqualTo(96);
    }

    @Test
    void triesAgain(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.error(500, "Something broke")).reply(ANSWER);

        assertThat(chatModel.call(QUESTION)).isEqualTo(ANSWER);

        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.FAILED, CallStatus.COMPLETE);
    }

    @Test
    void callsToolsInAStream(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("Let me look.")
                        .withToolCall("nextTrain", PLACE)
                        .withToolCall("nextTrain", "{\"place\": \"Porto\"}"))
                .when(json("$.messages[*].role", "tool"))
                .reply(Reply.text(ANSWER).usage(USAGE));
        var timetable = new Timetable();

        var pieces = ChatClient.create(chatModel).prompt(QUESTION).options(WITH_USAGE).tools(timetable).stream()
                .chatResponse()
                .collectList()
                .block();

        assertThat(text(pieces)).endsWith(ANSWER);
        assertThat(timetable.asked).containsExactly("Lisbon", "Porto");
        assertSum(greatest(pieces), usage);
        assertReported(usage, 2);
    }

    @Test
    void takesAnAnswerInAGivenForm(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.json("{\"place\": \"Lisbon\", \"days\": 3}"));

        var answer = ChatClient.create(chatModel)
                .prompt("A long weekend in the south")
                .call()
                .responseEntity(Trip.class);

        assertThat(answer.entity()).isEqualTo(new Trip("Lisbon", 3));
        assertSame(List.of(answer.response()), usage);
        assertReported(usage, 1);
    }

    @Test
    void embeds(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.embedding(0.6f, -0.8f).usage(12, 0)).reply(Reply.embeddings());
        var texts = List.of("The museum is closed.", "The train leaves at nine.");

        var given = embeddingModel.embedForResponse(texts);
        var counted = embeddingModel.embedForResponse(texts);

        assertThat(given.getResults()).hasSize(2).allMatch(embedding -> embedding.getOutput().length == 2);
        assertThat(counted.getResults()).hasSize(2).allMatch(embedding -> embedding.getOutput().length == 1536);
        assertThat(usage.calls())
                .extracting(call -> call.tokens().input())
                .containsExactly((long) given.getMetadata().getUsage().getPromptTokens(), (long)
                        counted.getMetadata().getUsage().getPromptTokens());
        assertReported(usage, 2);
    }

    @Test
    void moderates(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.moderation("violence")).reply(Reply.moderation());
        var flagged = moderationModel.call(new ModerationPrompt("I will break it."));
        var harmless = moderationModel.call(new ModerationPrompt(QUESTION));

        assertThat(flagged.getResult()
                        .getOutput()
                        .getResults()
                        .get(0)
                        .getCategories()
                        .isViolence())
                .isTrue();
        assertThat(harmless.getResult().getOutput().getResults().get(0).isFlagged())
                .isFalse();
        assertThat(usage.calls()).hasSize(2);
        assertThat(usage.cost()).hasToString("$0.00");
    }

    private static String text(ChatResponse response) {
        var result = response.getResult();
        return result == null || result.getOutput().getText() == null
                ? ""
                : result.getOutput().getText();
    }

    private static String text(List<ChatResponse> pieces) {
        return pieces.stream().map(EveryWayToCallTests::text).collect(Collectors.joining());
    }

    /** Returns the piece that has the usage of the whole. */
    private static ChatResponse last(List<ChatResponse> pieces) {
        return pieces.get(pieces.size() - 1);
    }

    /** Returns the piece with the sum: after it comes the last one of the first answer, with the usage of that alone. */
    private static ChatResponse greatest(List<ChatResponse> pieces) {
        return Collections.max(
                pieces,
                Comparator.comparing(piece -> piece.getMetadata().getUsage().getTotalTokens()));
    }

    private static void assertSame(List<ChatResponse> told, TokenUsage usage) {
        assertThat(usage.calls())
                .extracting(LlmCall::tokens)
                .containsExactlyElementsOf(told.stream()
                        .map(response -> counts(response.getMetadata().getUsage()))
                        .toList());
        assertThat(usage.totalTokens())
                .isPositive()
                .isEqualTo(told.stream()
                        .mapToLong(response -> response.getMetadata().getUsage().getTotalTokens())
                        .sum());
    }

    /** What the client adds up of several calls has no parts. */
    private static void assertSum(ChatResponse told, TokenUsage usage) {
        Usage sum = told.getMetadata().getUsage();
        assertThat(usage.inputTokens()).isPositive().isEqualTo((long) sum.getPromptTokens());
        assertThat(usage.outputTokens()).isPositive().isEqualTo((long) sum.getCompletionTokens());
        assertThat(usage.totalTokens()).isEqualTo((long) sum.getTotalTokens());
    }

    private static TokenCounts counts(Usage told) {
        var all = (OpenAiApi.Usage) told.getNativeUsage();
        return new TokenCounts(
                told.getPromptTokens(),
                all.promptTokensDetails().cachedTokens(),
                0,
                0,
                told.getCompletionTokens(),
                all.completionTokenDetails().reasoningTokens(),
                0);
    }

    private static void assertReported(TokenUsage usage, int calls) {
        assertThat(usage.calls())
                .hasSize(calls)
                .allMatch(call -> call.countSource() == CountSource.REPORTED)
                .allMatch(call -> call.anomalies().isEmpty());
        assertThat(usage.cost().isComplete()).isTrue();
    }
}
