package demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.usage.TokenUsage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What openai-java makes of a service that fails, and what is counted. Left out of an ordinary build by its tag. */
@Tag("clients")
@Timeout(30)
@LlmBudget(mode = Mode.MOCK)
class BrokenServiceTests {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Reply ANSWER = Reply.stream("Order 7 ", "is on ", "its way.");

    private OpenAIClient client;

    @BeforeEach
    void createClient(LlmEndpoint llm) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(llm.baseUrl())
                .apiKey(llm.apiKey())
                .timeout(Duration.ofMillis(400))
                .build();
    }

    @Test
    void triesAgainWhenItMay(MockLlm llm, TokenUsage usage) {
        Duration wait = Duration.ofMillis(250);
        llm.reply(Reply.error(429).retryAfter(wait)).reply(ANSWER);

        assertThat(ask()).isEqualTo("Order 7 is on its way.");

        assertStatus(usage, CallStatus.FAILED, CallStatus.COMPLETE);
        var attempts = usage.calls();
        assertThat(Duration.between(
                        attempts.get(0).timing().start(),
                        attempts.get(1).timing().start()))
                .isGreaterThanOrEqualTo(wait);
    }

    @Test
    void triesAgainTwiceAfterErrorsOfTheServer(MockLlm llm, TokenUsage usage) {
        llm.reply(2, Reply.error(500).retryAfter(SOON)).reply(ANSWER);

        assertThat(stream()).isEqualTo("Order 7 is on its way.");

        assertStatus(usage, CallStatus.FAILED, CallStatus.FAILED, CallStatus.COMPLETE);
    }

    @Test
    void givesUpInTheEnd(MockLlm llm, TokenUsage usage) {
        llm.reply(3, Reply.error(503).retryAfter(SOON));

        assertThatThrownBy(this::ask)
                .isInstanceOfSatisfying(
                        InternalServerException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(503));

        assertStatus(usage, CallStatus.FAILED, CallStatus.FAILED, CallStatus.FAILED);
        assertThat(usage.cost()).hasToString("$0.00");
    }

    @Test
    void seesThatTheQuotaIsUsedUp(MockLlm llm) {
        llm.reply(3, Reply.error(429, "insufficient_quota", "No money left.").retryAfter(SOON));

        assertThatThrownBy(this::ask)
                .isInstanceOfSatisfying(
                        RateLimitException.class, e -> assertThat(e.code()).hasValue("insufficient_quota"))
                .hasMessageContaining("No money left.");
    }

    @Test
    void triesAgainAfterAReset(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.connectionReset()).reply(ANSWER);

        assertThat(ask()).isEqualTo("Order 7 is on its way.");

        assertStatus(usage, CallStatus.FAILED, CallStatus.COMPLETE);
    }

    @Test
    void cannotReadABrokenAnswer(MockLlm llm, TokenUsage usage) {
        llm.reply(ANSWER.malformedAfter(0));

        assertThatThrownBy(this::ask).isInstanceOf(OpenAIInvalidDataException.class);

        assertThat(usage.calls()).hasSize(1).allMatch(call -> call.countSource() != CountSource.REPORTED);
    }

    @Test
    void cannotReadABrokenStream(MockLlm llm, TokenUsage usage) {
        llm.reply(ANSWER.malformedAfter(1));

        assertThatThrownBy(this::stream).isInstanceOf(OpenAIInvalidDataException.class);

        assertThat(usage.await()).isTrue();
        assertThat(usage.calls()).hasSize(1);
    }

    @Test
    void losesAnAnswerHalfWay(MockLlm llm, TokenUsage usage) {
        llm.reply(ANSWER.cutAfter(0));

        assertThatThrownBy(this::ask).isInstanceOf(OpenAIException.class);

        assertStatus(usage, CallStatus.CUT);
        assertThat(usage.isComplete()).isFalse(); // half an answer tells nothing
    }

    @Test
    void losesAStreamHalfWay(MockLlm llm, TokenUsage usage) {
        llm.reply(ANSWER.cutAfter(2));

        assertThatThrownBy(this::stream).isInstanceOf(OpenAIException.class);

        assertStatus(usage, CallStatus.CUT);
        assertThat(usage.cost().toString()).startsWith("~"); // what came before the cut is paid for
    }

    @Test
    void doesNotWaitForEverForAnAnswer(MockLlm llm, TokenUsage usage) {
        llm.reply(ANSWER.stallAfter(0));

        assertThatThrownBy(this::ask).isInstanceOf(OpenAIException.class);

        assertThat(usage.await()).isTrue();
        assertStatus(usage, CallStatus.CUT);
    }

    @Test
    void doesNotWaitForEverForTheRestOfAStream(MockLlm llm, TokenUsage usage) {
        llm.reply(ANSWER.stallAfter(2));

        assertThatThrownBy(this::stream).isInstanceOf(OpenAIException.class);

        assertThat(usage.await()).isTrue();
        assertStatus(usage, CallStatus.CUT);
    }

    private String ask() {
        return client.chat()
                .completions()
                .create(conversation())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
    }

    private String stream() {
        var text = new StringBuilder();
        try (var chunks = client.chat().completions().createStreaming(conversation())) {
            chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .forEach(text::append);
        }
        return text.toString();
    }

    private static ChatCompletionCreateParams conversation() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addUserMessage("Where is order 7?")
                .build();
    }

    private static void assertStatus(TokenUsage usage, CallStatus... expected) {
        assertThat(usage.calls()).extracting(LlmCall::status).isEqualTo(List.of(expected));
    }
}
