package io.github.llmbudget.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.cassette.RequestNormaliser;
import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.TokenUsage;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests with cassettes, for the tests of them. What they got they say in {@link #GOT}. */
final class CassetteTestCases {

    /** What the tests got, a body or a number each. */
    static final List<String> GOT = new CopyOnWriteArrayList<>();

    /** What tests ask; one that changes it changes a prompt. */
    static volatile String question = "Where is my refund?";

    private CassetteTestCases() {}

    private static void got(HttpResponse<String> answer) {
        GOT.add(answer.statusCode() + " "
                + answer.headers().firstValue("Content-Type").orElse("") + "\n" + answer.body());
    }

    /** The same test, whoever answers: a chat, a stream, a tool loop, embeddings. */
    @LlmCassette
    static class Conversation {
        @Test
        @MaxCost(0.01)
        void talks(MockLlm llm, TokenUsage usage) {
            llm.reply("In 5 days.")
                    .reply(Reply.stream("In ", "5 ", "days."))
                    .reply(Reply.toolCall("getOrder", "{\"id\":7}"))
                    .reply("It is late.")
                    .reply(Reply.embeddings());
            TestClient client = new TestClient(llm);
            String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"getOrder\"}}]";

            got(client.chat("gpt-4o", question));
            got(client.chatStream("gpt-4o", question));
            got(client.post("/chat/completions", TestClient.chatBody("gpt-4o", "Where is order 7?", tools)));
            got(client.post(
                    "/chat/completions",
                    "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"call_mock-3-1\","
                            + "\"content\":\"late\"}]" + tools + "}"));
            got(client.post("/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"a\",\"dimensions\":4}"));

            assertThat(usage.calls()).extracting(LlmCall::operation).contains(Operation.CHAT, Operation.EMBEDDINGS);
            GOT.add("tokens " + usage.inputTokens() + " " + usage.outputTokens() + ", cost " + usage.cost());
            GOT.add(llm.mode() + " incurred " + usage.incurredCost());
        }
    }

    @LlmCassette
    static class OneQuestion {
        @Test
        void asks(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", question));
        }
    }

    @LlmCassette
    static class OfAnHour {
        @Test
        void asksWhatCostsMoreByDay(LlmEndpoint llm, TokenUsage usage) {
            got(new TestClient(llm).chat("deepseek-v4-flash", "Hi"));
            GOT.add("cost " + usage.cost());
        }
    }

    @LlmCassette(recordedTiming = true)
    static class InItsTime {
        @Test
        void streams(LlmEndpoint llm, TokenUsage usage) {
            got(new TestClient(llm).chatStream("gpt-4o", "Hi"));
            GOT.add(usage.calls().get(0).timing().total().toMillis() + "");
        }
    }

    @LlmCassette
    static class Troubled {
        @Test
        void triesAgain(LlmEndpoint llm, TokenUsage usage) {
            TestClient client = new TestClient(llm);
            got(client.chat("gpt-4o", "Hi"));
            try {
                client.chatStream("gpt-4o", "Hi");
            } catch (UncheckedIOException cut) {
                GOT.add("cut");
            }
            got(client.chat("gpt-4o", "Hi"));
            assertThat(usage.await()).isTrue();
            usage.calls()
                    .forEach(call -> GOT.add(call.status() + " " + call.tokens().total()));
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @LlmCassette(folder = "recorded")
    @MaxCalls(1)
    @interface Recorded {}

    static class WithAnAnnotationOfItsOwn {
        @Test
        @Recorded
        void asks(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }
    }

    @LlmCassette
    static class AsksTwice {
        @Test
        void asks(LlmEndpoint llm) {
            TestClient client = new TestClient(llm);
            got(client.chat("gpt-4o", "Hi"));
            got(client.chat("gpt-4o", "Hi"));
            if (!question.isEmpty()) {
                got(client.chat("gpt-4o", question));
            }
        }
    }

    @LlmCassette
    static class AllAtOnce {
        @Test
        void asksInParallel(LlmEndpoint llm) {
            TestClient client = new TestClient(llm);
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> client.chatAsync("gpt-4o", "question " + i + "."))
                    .toList();
            answers.forEach(answer -> got(answer.join()));
        }
    }

    @LlmCassette
    static class Failing {
        @Test
        void failsItself(LlmEndpoint llm) {
            new TestClient(llm).chat("gpt-4o", question);
            throw new IllegalStateException("This is not what I expected");
        }
    }

    static class OverBudget {
        @Test
        @LlmCassette
        @MaxCost(0.000001)
        void costsTooMuch(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", question));
        }
    }

    static class Bounded {
        @Test
        @LlmCassette
        @MaxTokens(output = 2, hard = true)
        void isCut(LlmEndpoint llm) {
            got(new TestClient(llm).chatStream("gpt-4o", "Hi"));
        }
    }

    static class Modes {
        @Test
        @LlmCassette(mode = CassetteMode.REPLAY)
        void onlyReplays(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }

        @Test
        @LlmCassette(mode = CassetteMode.RECORD)
        void alwaysRecords(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }

        @Test
        @LlmCassette(mode = CassetteMode.LIVE)
        void isAlwaysLive(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }

        @Test
        @LlmCassette
        @LlmBudget(mode = Mode.MOCK)
        void isPinned(MockLlm llm) {
            llm.reply("scripted");
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }
    }

    @LlmBudget
    static class WithoutCassette {
        @Test
        void isScripted(MockLlm llm) {
            llm.reply("scripted");
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }

        @Test
        void isNot(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }
    }

    static class Mispinned {
        @Test
        @LlmBudget(mode = Mode.REPLAY)
        void isReplayedWithoutACassette(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }
    }

    @LlmCassette
    @LlmBudget(mode = Mode.LIVE)
    static class PinnedLive {
        @Test
        void wantsOut(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }
    }

    @LlmCassette
    static class NoCalls {
        @Test
        void looksAtItsAddress(LlmEndpoint llm) {
            assertThat(llm.mode()).isEqualTo(Mode.REPLAY);
        }
    }

    @LlmCassette
    static class Overloaded {
        @Test
        void asks(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "One"));
        }

        @Test
        void asks(LlmEndpoint llm, TokenUsage usage) {
            got(new TestClient(llm).chat("gpt-4o", "Two"));
            assertThat(usage.calls()).hasSize(1);
        }
    }

    @LlmCassette(folder = "same")
    static class SameFolderOne {
        @Test
        void asks(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "One"));
        }
    }

    @LlmCassette(folder = "same")
    static class SameFolderTwo {
        @Test
        void asks(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Two"));
        }
    }

    static class Factory {
        @TestFactory
        @LlmCassette
        List<DynamicTest> tests(LlmEndpoint llm) {
            return List.of(
                    DynamicTest.dynamicTest("asks", () -> got(new TestClient(llm).chat("gpt-4o", "One"))),
                    DynamicTest.dynamicTest(
                            "fails", () -> assertThat(llm.mode()).isNull()));
        }
    }

    @LlmCassette
    static class Places {
        @BeforeAll
        static void prepare(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Set up"));
        }

        @RepeatedTest(2)
        void repeats(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Hi"));
        }

        @Nested
        class Inside {
            @Test
            void inherits(LlmEndpoint llm) {
                got(new TestClient(llm).chat("gpt-4o", "Hi"));
            }

            @Test
            @LlmCassette(folder = "elsewhere/far")
            void hasItsOwn(LlmEndpoint llm) {
                got(new TestClient(llm).chat("gpt-4o", "Hi"));
            }
        }

        @Test
        void makesNoCall() {}
    }

    /** Replaces the hour of a day. */
    static final class WithoutHour implements RequestNormaliser {
        @Override
        public String normalise(String body) {
            return body.replaceAll("\\d+ o'clock", "some hour");
        }
    }

    static class Rules {
        @Test
        @LlmCassette(
                ignore = "$.user",
                normaliser = WithoutHour.class,
                redactPaths = "$.metadata.email",
                redactPatterns = "\\d{4} \\d{4} \\d{4}")
        void hidesWhatIsPrivate(LlmEndpoint llm) {
            long now = System.nanoTime();
            got(new TestClient(llm)
                    .post(
                            "/chat/completions",
                            TestClient.chatBody(
                                    "gpt-4o",
                                    "My card 1234 5678 9012 was lost at " + now + " o'clock",
                                    ",\"user\":\"u" + now + "\",\"metadata\":{\"email\":\"ann@example.org\"}")));
        }
    }

    static class Misdeclared {
        @Test
        @LlmCassette(ignore = "user")
        void hasAPathThatIsNone(LlmEndpoint llm) {}

        @Test
        @LlmCassette(normaliser = Unmakeable.class)
        void hasANormaliserThatCannotBeMade(LlmEndpoint llm) {}
    }

    /** Has no constructor without parameters. */
    static final class Unmakeable implements RequestNormaliser {
        Unmakeable(String name) {
            assertThat(name).isNotNull();
        }

        @Override
        public String normalise(String body) {
            return body;
        }
    }

    /** Cannot say what is compared. */
    static final class Broken implements RequestNormaliser {
        @Override
        public String normalise(String body) {
            throw new IllegalStateException("It is broken");
        }
    }

    static class Unnormalised {
        @Test
        @MaxCalls(0)
        @LlmCassette(normaliser = Broken.class)
        void asks(LlmEndpoint llm) {
            got(new TestClient(llm).chat("gpt-4o", "Where is my refund?"));
        }
    }
}
