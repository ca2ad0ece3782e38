package demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.jupiter.LlmCassette;
import io.github.llmbudget.usage.TokenUsage;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever google-genai is asked for, it reads the usage that the test sees. Gemini tells its thoughts beside the tokens of its
 * candidates; in {@link TokenUsage} the output includes both.
 */
@Tag("clients")
@Timeout(30)
@LlmCassette
class EveryWayToCallTests {

    private static final String MODEL = "gemini-2.5-flash";
    private static final String WISH = "One day in Bergen, with rain. One sentence.";

    private Client client;

    @BeforeEach
    void createClient(LlmEndpoint llm) {
        client = Client.builder()
                .apiKey(llm.apiKey())
                .httpOptions(HttpOptions.builder().baseUrl(llm.rootUrl()).build())
                .build();
    }

    @Test
    void generates(TokenUsage usage) {
        var answer = client.models.generateContent(MODEL, WISH, thinking(512).build());

        assertThat(told(answer).thoughtsTokenCount().orElseThrow()).isPositive();
        assertSame(List.of(answer), usage);
    }

    @Test
    void generatesWithoutAThought(TokenUsage usage) {
        var answer = client.models.generateContent(MODEL, WISH, thinking(0).build());

        assertThat(told(answer).thoughtsTokenCount()).isEmpty();
        assertSame(List.of(answer), usage);
    }

    @Test
    void generatesAsynchronously(TokenUsage usage) {
        var answer = client.async
                .models
                .generateContent(MODEL, WISH, thinking(512).build())
                .join();

        assertSame(List.of(answer), usage);
    }

    @Test
    void streams(TokenUsage usage) {
        GenerateContentResponse last = null;
        try (var pieces =
                client.models.generateContentStream(MODEL, WISH, thinking(512).build())) {
            for (var piece : pieces) {
                last = piece;
            }
        }

        assertSame(List.of(last), usage); // each piece tells what was used by then, so the last one counts
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
    }

    @Test
    void streamsAsynchronously(TokenUsage usage) {
        GenerateContentResponse last = null;
        try (var pieces = client.async
                .models
                .generateContentStream(MODEL, WISH, thinking(512).build())
                .join()) {
            for (var piece : pieces) {
                last = piece;
            }
        }

        assertSame(List.of(last), usage);
    }

    @Test
    void chats(TokenUsage usage) {
        var chat = client.chats.create(MODEL, thinking(512).build());

        var first = chat.sendMessage(WISH);
        var second = chat.sendMessage("And with sun?");

        assertSame(List.of(first, second), usage);
    }

    /** The client asks twice, and tells of the second time only. */
    @Test
    void runsFunctions(TokenUsage usage) throws Exception {
        var nextTrain = TripPlanner.class.getMethod("nextTrain", String.class);

        var answer = client.models.generateContent(
                MODEL,
                "How do I get to Voss today? Look the train up.",
                thinking(512).tools(Tool.builder().functions(nextTrain)).build());

        assertThat(usage.calls()).hasSize(2).last().extracting(LlmCall::tokens).isEqualTo(counts(told(answer)));
        assertThat(usage.totalTokens())
                .isGreaterThan(told(answer).totalTokenCount().orElseThrow());
    }

    private static GenerateContentConfig.Builder thinking(int tokens) {
        return GenerateContentConfig.builder()
                .thinkingConfig(ThinkingConfig.builder().thinkingBudget(tokens));
    }

    private static GenerateContentResponseUsageMetadata told(GenerateContentResponse answer) {
        return answer.usageMetadata().orElseThrow();
    }

    private static void assertSame(List<GenerateContentResponse> answers, TokenUsage usage) {
        var told = answers.stream().map(EveryWayToCallTests::told).toList();
        assertThat(usage.calls())
                .allMatch(call -> call.status() == CallStatus.COMPLETE)
                .allMatch(call -> call.countSource() == CountSource.REPORTED)
                .allMatch(call -> call.anomalies().isEmpty())
                .extracting(LlmCall::tokens)
                .containsExactlyElementsOf(
                        told.stream().map(EveryWayToCallTests::counts).toList());
        assertThat(usage.totalTokens())
                .isEqualTo(told.stream()
                        .mapToLong(one -> one.totalTokenCount().orElseThrow())
                        .sum());
        assertThat(usage.cost().usd()).isEqualByComparingTo(usd(usage));
        assertThat(usage.cost().isComplete()).isTrue();
    }

    private static TokenCounts counts(GenerateContentResponseUsageMetadata told) {
        int thoughts = told.thoughtsTokenCount().orElse(0);
        return new TokenCounts(
                told.promptTokenCount().orElseThrow(),
                told.cachedContentTokenCount().orElse(0),
                0,
                0,
                told.candidatesTokenCount().orElseThrow() + thoughts,
                thoughts,
                0);
    }

    /** What the calls cost on Gemini 2.5 Flash, by the prices of Google for a million tokens of each kind. */
    private static BigDecimal usd(TokenUsage usage) {
        return new BigDecimal("0.30")
                .multiply(BigDecimal.valueOf(usage.inputTokens()))
                .add(new BigDecimal("2.50").multiply(BigDecimal.valueOf(usage.outputTokens())))
                .movePointLeft(6);
    }
}
