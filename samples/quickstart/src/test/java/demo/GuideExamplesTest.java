package demo;

import static io.github.llmbudget.endpoint.RequestMatcher.lastUserText;
import static io.github.llmbudget.endpoint.RequestMatcher.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.budget.Over;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.AllowedModels;
import io.github.llmbudget.jupiter.ExpectNoLlmCalls;
import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.LlmPrices;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.jupiter.MaxTokens;
import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.usage.TokenUsage;
import io.github.llmbudget.usage.UsageSpan;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The examples of the guide that are not in another test. Left out of an ordinary build by its tag. */
@Tag("guide")
@LlmBudget(mode = Mode.MOCK)
class GuideExamplesTest {

    @Nested
    // tag::nearest[]
    @MaxCost(0.01)
    @MaxTokens(value = 2_000, output = 500)
    class WithLimitsForEachTest {

        @Test
        void isHeldToTheLimitsOfItsClass(MockLlm llm) {
            llm.reply("In 5 days.");
            new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");
        }

        @Test
        @MaxTokens(4_000) // replaces 2,000; the limits on cost and output stay
        void mayUseMoreTokens(MockLlm llm) {
            llm.reply("In 5 days.");
            new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Tell me all about refunds.");
        }
    }
    // end::nearest[]

    // tag::own-annotation[]
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @MaxCost(0.001)
    @MaxCalls(1)
    @interface OneCheapCall {}

    @Test
    @OneCheapCall
    void answersCheaply(MockLlm llm) {
        llm.reply("In 5 days.");
        new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");
    }
    // end::own-annotation[]

    @Nested
    class WithABotForEachTest {

        // tag::before-each[]
        private SupportBot bot;

        @BeforeEach
        void createBot(LlmEndpoint llm) {
            bot = new SupportBot(llm.baseUrl(), llm.apiKey());
        }

        @Test
        void answers(MockLlm llm) {
            llm.reply("In 5 days.");
            assertThat(bot.ask("Where is my refund?")).isNotBlank();
        }
        // end::before-each[]
    }

    // tag::script[]
    @Test
    void repliesInOrder(MockLlm llm) {
        llm.reply("In 5 days.") // the first request
                .reply(Reply.text("Tomorrow.").model("gpt-4o-mini-2024-07-18")) // the second one
                .otherwise(Reply.text("I do not know.")); // all that follow

        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());

        assertThat(bot.ask("Where is my refund?")).isEqualTo("In 5 days.");
        assertThat(bot.ask("When is delivery?")).isEqualTo("Tomorrow.");
        assertThat(bot.ask("Who are you?")).isEqualTo("I do not know.");
    }
    // end::script[]

    // tag::script-by-request[]
    @Test
    void repliesByRequest(MockLlm llm) {
        llm.when(lastUserText("refund").and(model("gpt-4o-mini"))).reply("In 5 days."); // once
        llm.when(lastUserText("delivery")).always("Tomorrow."); // as often as it is asked, or not at all
        llm.otherwise(Reply.of(request -> Reply.text("What is \"" + request.lastUserText() + "\"?")));

        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());

        assertThat(bot.ask("When is delivery?")).isEqualTo("Tomorrow.");
        assertThat(bot.ask("Where is my refund?")).isEqualTo("In 5 days.");
        assertThat(bot.ask("Hello")).isEqualTo("What is \"Hello\"?");
    }
    // end::script-by-request[]

    // tag::prompt-cache[]
    @Test
    void keepsTheBeginningOfItsPrompts(MockLlm llm, TokenUsage usage) {
        llm.withPromptCache().otherwise(Reply.text("In 5 days."));
        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());
        String manual = "A refund takes 5 days from the day we have the parcel. ".repeat(100);

        bot.ask(manual + "Where is my refund?");
        bot.ask(manual + "Where is my parcel?");

        assertThat(usage.cachedInputTokens()).isGreaterThanOrEqualTo(1_024); // of the second call
    }
    // end::prompt-cache[]

    // tag::usage[]
    @Test
    void reportsTheUsageThatTheScriptSays(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("In 5 days.")) // counted from request and text
                .reply(Reply.text("In 5 days.").usage(1_204, 310)) // as given
                .reply(Reply.text("In 5 days.").usage(new TokenCounts(2_000, 1_500, 0, 0, 310, 256, 0)))
                .reply(Reply.text("In 5 days.").withoutUsage()); // none, so it is estimated

        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());
        for (int question = 1; question <= 4; question++) {
            bot.ask("Where is my refund?");
        }

        assertThat(usage.calls())
                .extracting(LlmCall::countSource)
                .containsExactly(
                        CountSource.REPORTED, CountSource.REPORTED, CountSource.REPORTED, CountSource.ESTIMATED);
        assertThat(usage.cachedInputTokens()).isEqualTo(1_500);
        assertThat(usage.reasoningTokens()).isEqualTo(256);
    }
    // end::usage[]

    // tag::token-counter[]
    @Test
    void keepsThePromptShort(TokenCounter tokens) {
        String request = """
                {"messages":[
                  {"role":"system","content":"Answer in one sentence."},
                  {"role":"user","content":"Where is my refund?"}]}""";

        assertThat(tokens.ofText("Where is my refund?", "gpt-4o")).isEqualTo(5);
        assertThat(tokens.ofPrompt(request, "gpt-4o")).isLessThan(30);
    }
    // end::token-counter[]

    // tag::slow[]
    @Test
    void takesItsTime(MockLlm llm, TokenUsage usage) {
        llm.reply(
                Reply.stream("In ", "5 ", "days.").after(Duration.ofMillis(50)).chunkDelay(Duration.ofMillis(20)));

        new SupportBot(llm.baseUrl(), llm.apiKey()).stream("Where is my refund?", piece -> {});

        var timing = usage.calls().get(0).timing();
        assertThat(timing.toFirstByte()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(timing.total()).isGreaterThanOrEqualTo(Duration.ofMillis(90));
    }
    // end::slow[]

    // tag::broken[]
    @Test
    void survivesABrokenStream(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.stream("In ", "5 ", "days.").cutAfter(2));
        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());

        assertThatThrownBy(() -> bot.stream("Where is my refund?", piece -> {})).isInstanceOf(RuntimeException.class);

        assertThat(usage.calls()).extracting(LlmCall::status).containsExactly(CallStatus.CUT);
        assertThat(usage.cost().toString()).startsWith("~"); // what came before the cut is paid for
    }
    // end::broken[]

    // tag::faults[]
    @Test
    @MaxCalls(3)
    void isPatient(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.error(429).retryAfter(Duration.ofMillis(10))) // OpenAI's message, code and headers
                .reply(Reply.connectionReset())
                .reply("In 5 days.");

        assertThat(new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?"))
                .isEqualTo("In 5 days.");

        assertThat(usage.calls())
                .extracting(LlmCall::status)
                .containsExactly(CallStatus.FAILED, CallStatus.FAILED, CallStatus.COMPLETE);
    }
    // end::faults[]

    // tag::reading[]
    @Test
    void readsWhatWasUsed(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("In 5 days.").usage(1_000, 100));
        new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");
        llm.reply(Reply.text("Knock, knock.").usage(10, 20));
        new Jester(llm.baseUrl(), llm.apiKey()).tell("Tell me a joke");

        assertThat(usage.totalTokens()).isEqualTo(1_130);
        assertThat(usage.isComplete()).isTrue();
        assertThat(usage.cost().usd()).isLessThan(new BigDecimal("0.001"));
        assertThat(usage.incurredCost()).hasToString("$0.00"); // mocked: nothing was spent

        assertThat(usage.byModel()).containsOnlyKeys("gpt-3.5-turbo-instruct", "gpt-4o-mini");
        assertThat(usage.byModel().get("gpt-4o-mini").cost()).hasToString("$0.00021");

        LlmCall last = usage.calls().get(1);
        assertThat(usage.costOf(last).lines()).extracting("tokens").containsExactly(10L, 20L);
    }
    // end::reading[]

    // tag::judge[]
    @Test
    @MaxCalls(1)
    void isJudgedByAModel(MockLlm llm, TokenUsage usage) {
        llm.reply("In 5 days.").reply("Good.");
        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());
        String answer = bot.ask("Where is my refund?");

        try (UsageSpan judging = usage.span("judge", Role.JUDGE)) {
            assertThat(bot.ask("Is this a good answer? " + answer)).startsWith("Good");
            assertThat(judging.calls()).hasSize(1);
        }

        assertThat(usage.calls()).hasSize(2); // counted and shown, but outside @MaxCalls(1)
    }
    // end::judge[]

    // tag::prices[]
    @Test
    @MaxCost(0.001)
    @LlmPrices(value = """
            model,component,price
            gpt-4o-mini,output,1.20
            """, asOf = "2026-09-01")
    void holdsIfTheOutputCostsTwiceAsMuch(MockLlm llm, TokenUsage usage) {
        llm.reply(Reply.text("In 5 days.").usage(1_000, 100));
        new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");

        assertThat(usage.cost()).hasToString("$0.00027"); // input as listed, output as above
        assertThat(usage.cost().lines())
                .extracting("list")
                .containsExactly("built-in list", "@LlmPrices on GuideExamplesTest.holdsIfTheOutputCostsTwiceAsMuch");
    }
    // end::prices[]

    // tag::embedding[]
    @Test
    void answersEmbeddings(MockLlm llm, TokenUsage usage) {
        llm.reply("A vase arrived broken.") // the complaint is summarised,
                .reply("We are sorry.") // an answer is drafted,
                .reply("A vase arrived broken.") // the complaint is summarised again,
                .reply(Reply.embedding(0.12f, -0.07f, 0.31f)) // the rules are looked up,
                .reply("A new vase is on its way."); // the draft is improved

        new ComplaintDesk(llm.baseUrl(), llm.apiKey()).resolve("My vase came in five pieces!");

        assertThat(usage.byModel().get("text-embedding-3-small").outputTokens()).isZero();
    }
    // end::embedding[]

    // tag::hard[]
    @Test
    @MaxCalls(value = 2, hard = true)
    void isRefusedAThirdCall(MockLlm llm, TokenUsage usage) {
        llm.otherwise(Reply.text("In 5 days."));
        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());

        bot.ask("Where is my refund?");
        bot.ask("When is delivery?");
        // A third question would be answered with status 402, and fail this test.

        assertThat(usage.calls()).hasSize(2);
    }
    // end::hard[]

    @Nested
    // tag::scopes[]
    @MaxCost(value = 0.01, per = Scope.CLASS) // all tests of the class together
    @MaxTokens(value = 1_000, per = Scope.CALL) // each call by itself
    @MaxCost(0.001) // each test
    class WithLimitsOfThreeKinds {

        @Test
        void answers(MockLlm llm) {
            llm.reply("In 5 days.");
            new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");
        }
    }
    // end::scopes[]

    // tag::repeated[]
    @RepeatedTest(10)
    @MaxCost(value = 0.00002, over = Over.MEAN)
    @MaxCost(value = 0.00005, over = Over.P95)
    void costsLittleOnAverage(MockLlm llm, RepetitionInfo info) {
        llm.reply(Reply.text("In 5 days.").usage(27, info.getCurrentRepetition() == 3 ? 60 : 6));
        new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");
    }
    // end::repeated[]

    // tag::guards[]
    @Test
    @ExpectNoLlmCalls
    void answersFromItsCache(LlmEndpoint llm) {
        var answers = Map.of("Where is my refund?", "In 5 days.");

        assertThat(answers.get("Where is my refund?")).isEqualTo("In 5 days.");
    }

    @Test
    @AllowedModels({"gpt-4o-mini", "text-embedding-3-*"})
    void callsACheapModelOnly(MockLlm llm) {
        llm.reply("In 5 days.");
        new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");
    }
    // end::guards[]

    // tag::warning[]
    @Test
    @MaxTokens(value = 40, warnAt = 0.8)
    void comesNearItsLimit(MockLlm llm) {
        llm.reply(Reply.text("In 5 days.").usage(27, 6));
        new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?");
    }
    // end::warning[]

    @Nested
    class WithABotForAllTests {

        // tag::shared[]
        private static final SupportBot BOT = new SupportBot(
                LlmEndpoint.shared().baseUrl(), LlmEndpoint.shared().apiKey());

        @Test
        @MaxCalls(1)
        void chargesTheTestThatRuns(MockLlm llm, TokenUsage usage) {
            llm.reply("In 5 days.");

            assertThat(BOT.ask("Where is my refund?")).isEqualTo("In 5 days.");

            assertThat(usage.calls()).hasSize(1);
        }
        // end::shared[]
    }

    // tag::judge-by-address[]
    @Test
    @MaxCalls(1)
    void isJudgedWhileItWorks(MockLlm llm, TokenUsage usage) {
        llm.otherwise(Reply.text("Good."));
        UsageSpan judging = usage.span("judge", Role.JUDGE);
        var bot = new SupportBot(llm.baseUrl(), llm.apiKey());
        var judge = new SupportBot(judging.baseUrl(), llm.apiKey());

        judge.askAll(List.of("Is this good?", "And this?", "And that?"));
        bot.ask("Where is my refund?");

        assertThat(judging.calls()).hasSize(3);
        assertThat(usage.calls()).hasSize(4);
    }
    // end::judge-by-address[]
}
