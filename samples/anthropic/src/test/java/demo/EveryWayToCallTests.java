package demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaUsage;
import com.anthropic.models.beta.messages.ToolRunnerCreateParams;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.CacheCreation;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Model;
import com.anthropic.models.messages.OutputTokensDetails;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.Usage;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.jupiter.BindSystemProperties;
import io.github.llmbudget.jupiter.LlmCassette;
import io.github.llmbudget.usage.TokenUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever anthropic-java is asked for, it reads the usage that the test sees. Anthropic tells what it read from its cache and
 * wrote to it beside the input; in {@link TokenUsage} the input includes both. To be
 * recorded, the tests of the cache need one that is cold.
 */
@Tag("clients")
@Timeout(30)
@LlmCassette
class EveryWayToCallTests {

    private static final String QUESTION = "My helmet was stolen. Do you pay?";

    /** What the model may ask for. */
    @JsonTypeName("find_claim")
    @JsonClassDescription("Finds a claim of the customer by its number.")
    static class FindClaim implements Supplier<String> {
        public int number;

        @Override
        public String get() {
            return "Claim " + number + ": brake repaired, 310 euros, open.";
        }
    }

    private AnthropicClient client;

    @BeforeEach
    void createClient(LlmEndpoint llm) {
        client = AnthropicOkHttpClient.builder()
                .baseUrl(llm.rootUrl())
                .apiKey(llm.apiKey())
                .build();
    }

    @Test
    void sendsAMessage(TokenUsage usage) {
        var told = client.messages().create(message().build()).usage();

        assertSame(List.of(told), usage);
    }

    @Test
    @BindSystemProperties
    void findsItsWayByTheEnvironment(TokenUsage usage) {
        var told = AnthropicOkHttpClient.fromEnv()
                .messages()
                .create(message().build())
                .usage();

        assertSame(List.of(told), usage);
    }

    @Test
    void sendsAMessageAsynchronously(TokenUsage usage) {
        var told = client.async().messages().create(message().build()).join().usage();

        assertSame(List.of(told), usage);
    }

    @Test
    void streams(TokenUsage usage) {
        assertSame(List.of(stream(message())), usage);
        assertThat(usage.calls()).allMatch(LlmCall::streaming);
    }

    @Test
    void streamsAsynchronously(TokenUsage usage) {
        var whole = MessageAccumulator.create();

        client.async()
                .messages()
                .createStreaming(message().build())
                .subscribe(whole::accumulate)
                .onCompleteFuture()
                .join();

        assertSame(List.of(whole.message().usage()), usage);
    }

    @Test
    void writesToTheCacheAndReadsFromIt(TokenUsage usage) {
        var caching = message().systemOfTextBlockParams(List.of(terms(CacheControlEphemeral.Ttl.TTL_5M)));

        var written = client.messages().create(caching.build()).usage();
        var read = stream(caching);

        assertThat(written.cacheCreationInputTokens().orElseThrow()).isGreaterThan(1_000);
        assertThat(read.cacheReadInputTokens()).isEqualTo(written.cacheCreationInputTokens());
        assertSame(List.of(written, read), usage);
    }

    @Test
    void writesToTheCacheForAnHour(TokenUsage usage) {
        var caching = message().systemOfTextBlockParams(List.of(terms(CacheControlEphemeral.Ttl.TTL_1H)));

        var told = client.messages().create(caching.build()).usage();

        assertThat(told.cacheCreation().orElseThrow().ephemeral1hInputTokens()).isGreaterThan(1_000);
        assertSame(List.of(told), usage);
    }

    @Test
    void thinks(TokenUsage usage) {
        var told = client.messages()
                .create(message()
                        .maxTokens(2_000)
                        .thinking(ThinkingConfigAdaptive.builder().build())
                        .build())
                .usage();

        assertThat(told.outputTokensDetails().orElseThrow().thinkingTokens()).isPositive();
        assertSame(List.of(told), usage);
    }

    /** The client's own loop: it tells the usage of each message, and no sum. */
    @Test
    void runsTools(TokenUsage usage) {
        var told = new ArrayList<BetaUsage>();

        for (BetaMessage answer : client.beta().messages().toolRunner(tools())) {
            told.add(answer.usage());
        }

        assertThat(told).hasSize(2);
        assertThat(usage.calls())
                .extracting(LlmCall::tokens)
                .extracting(tokens -> tokens.input() + ", " + tokens.output())
                .containsExactlyElementsOf(told.stream()
                        .map(one -> one.inputTokens() + ", " + one.outputTokens())
                        .toList());
    }

    private static MessageCreateParams.Builder message() {
        return MessageCreateParams.builder()
                .model(Model.CLAUDE_SONNET_5)
                .maxTokens(300)
                .addUserMessage(QUESTION);
    }

    private static ToolRunnerCreateParams tools() {
        return ToolRunnerCreateParams.builder()
                .initialMessageParams(com.anthropic.models.beta.messages.MessageCreateParams.builder()
                        .model(Model.CLAUDE_SONNET_5.asString())
                        .maxTokens(300)
                        .addUserMessage("How much do you pay for claim 7?")
                        .addTool(FindClaim.class)
                        .build())
                .thread(false)
                .build();
    }

    private static TextBlockParam terms(CacheControlEphemeral.Ttl ttl) {
        return TextBlockParam.builder()
                .text("Helmets are not insured, even if they were on the bicycle. ".repeat(100))
                .cacheControl(CacheControlEphemeral.builder().ttl(ttl).build())
                .build();
    }

    private Usage stream(MessageCreateParams.Builder message) {
        var whole = MessageAccumulator.create();
        try (var events = client.messages().createStreaming(message.build())) {
            events.stream().forEach(whole::accumulate);
        }
        return whole.message().usage();
    }

    private static void assertSame(List<Usage> told, TokenUsage usage) {
        assertThat(usage.calls())
                .allMatch(call -> call.status() == CallStatus.COMPLETE)
                .allMatch(call -> call.countSource() == CountSource.REPORTED)
                .allMatch(call -> call.anomalies().isEmpty())
                .extracting(LlmCall::tokens)
                .containsExactlyElementsOf(
                        told.stream().map(EveryWayToCallTests::counts).toList());
        assertThat(usage.cost().usd())
                .isEqualByComparingTo(
                        told.stream().map(EveryWayToCallTests::usd).reduce(BigDecimal.ZERO, BigDecimal::add));
        assertThat(usage.cost().isComplete()).isTrue();
    }

    private static TokenCounts counts(Usage told) {
        long read = told.cacheReadInputTokens().orElseThrow();
        long written = told.cacheCreationInputTokens().orElseThrow();
        return new TokenCounts(
                told.inputTokens() + read + written,
                read,
                written,
                writtenForAnHour(told),
                0,
                0,
                0,
                0,
                0,
                told.outputTokens(),
                told.outputTokensDetails()
                        .map(OutputTokensDetails::thinkingTokens)
                        .orElse(0L),
                0,
                0);
    }

    /** What a message costs on Claude Sonnet 5, by the prices of Anthropic for a million tokens of each kind. */
    private static BigDecimal usd(Usage told) {
        long writtenForAnHour = writtenForAnHour(told);
        long writtenForMinutes = told.cacheCreationInputTokens().orElseThrow() - writtenForAnHour;
        return Stream.of(
                        usd(told.inputTokens(), "2.00"),
                        usd(writtenForMinutes, "2.50"),
                        usd(writtenForAnHour, "4.00"),
                        usd(told.cacheReadInputTokens().orElseThrow(), "0.20"),
                        usd(told.outputTokens(), "10.00"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal usd(long tokens, String perMillion) {
        return new BigDecimal(perMillion).multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }

    private static long writtenForAnHour(Usage told) {
        return told.cacheCreation().map(CacheCreation::ephemeral1hInputTokens).orElse(0L);
    }
}
