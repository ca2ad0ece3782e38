package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.BudgetExceededError;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.testing.Golden;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.ScriptedService;
import io.github.llmbudget.testing.Warnings;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CassetteTests {

    private static final String KEY = "sk-upstream-secret";

    @TempDir
    private Path directory;

    private final ScriptedService service = new ScriptedService();

    @BeforeEach
    @AfterEach
    void forget() {
        CassetteTestCases.GOT.clear();
        CassetteTestCases.question = "Where is my refund?";
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void replaysWithoutTheServiceWhatItRecordedFromIt() {
        scriptConversation();
        assertThat(failures(recording().execute(CassetteTestCases.Conversation.class)))
                .isEmpty();
        List<String> live = got();
        service.close();

        assertThat(failures(run().execute(CassetteTestCases.Conversation.class)))
                .isEmpty();

        List<String> replayed = got();
        assertThat(replayed.subList(0, 6)).isEqualTo(live.subList(0, 6));
        assertThat(live.get(6)).startsWith("RECORD incurred $0.0").isNotEqualTo("RECORD incurred $0.00");
        assertThat(replayed.get(6)).isEqualTo("REPLAY incurred $0.00");
        assertThat(live.get(1)).contains("data: ").doesNotContain("\"usage\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "live", "record", "replay"})
    void runsTheSameClassInEveryMode(String mode) {
        scriptConversation();
        if (mode.equals("replay")) {
            assertThat(failures(recording().execute(CassetteTestCases.Conversation.class)))
                    .isEmpty();
        }

        assertThat(failures(recording().with(Configuration.MODE, mode).execute(CassetteTestCases.Conversation.class)))
                .isEmpty();

        assertThat(CassetteTestCases.GOT).last().asString().startsWithIgnoringCase(mode);
        assertThat(service.calls()).hasSize(mode.equals("mock") ? 0 : 5);
        assertThat(files()).hasSize(mode.equals("mock") || mode.equals("live") ? 0 : 1);
    }

    @Test
    void keepsTheKeyOutOfTheCassette() throws IOException {
        scriptConversation();
        assertThat(failures(recording().execute(CassetteTestCases.Conversation.class)))
                .isEmpty();

        String cassette = Files.readString(onlyFile());

        assertThat(cassette)
                .doesNotContain(KEY, "Authorization", "Bearer", "sk-llm-budget-")
                .contains("\"test\": \"" + CassetteTestCases.Conversation.class.getName() + ".talks\"")
                .contains("\"upstream\": \"127.0.0.1\"")
                .contains("\"content\": \"Where is my refund?\"");
        Golden.assertMatches(
                cassette.replaceAll("\"begun\": \"[^\"]*\"", "\"begun\": \"...\"")
                        .replaceAll("\"at\": ?[0-9.]+", "\"at\":0"),
                "record-of-a-test.json");
    }

    @Test
    void neverConnectsToAnythingButLoopbackWhenItReplaysOrMocks() {
        scriptConversation();
        assertThat(failures(recording().execute(CassetteTestCases.Conversation.class)))
                .isEmpty();
        List<URI> connections = new CopyOnWriteArrayList<>();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                connections.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                throw new AssertionError(uri + " failed", failure);
            }
        });
        try {
            for (String mode : List.of("replay", "mock")) {
                JupiterRun run =
                        run().with(Configuration.MODE, mode).with(Configuration.UPSTREAM, "https://api.openai.com/v1");
                assertThat(failures(run.execute(
                                CassetteTestCases.Conversation.class, CassetteTestCases.WithoutCassette.class)))
                        .hasSize(1); // a request that nobody scripted
                assertThat(failures(run.execute(CassetteTestCases.OneQuestion.class)))
                        .hasSize(1);
            }
            int within = connections.size();
            assertThat(connections).allMatch(uri -> uri.getHost().equals("127.0.0.1"));

            // What does connect is seen: the same test, live.
            run().with(Configuration.MODE, "live")
                    .with(Configuration.UPSTREAM, service.baseUrl())
                    .execute(CassetteTestCases.OneQuestion.class);
            assertThat(connections).hasSizeGreaterThan(within);
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void showsWhatDiffersFromTheNearestRecordedRequest() {
        service.script().otherwise(Reply.text("In 5 days."));
        CassetteTestCases.question = "You are a clerk.\\nBe kind.\\nWhere is my refund?\\nAnswer in English.";
        assertThat(failures(recording().execute(CassetteTestCases.OneQuestion.class)))
                .isEmpty();
        CassetteTestCases.question = "You are a clerk.\\nBe kind.\\nWhere is my money?\\nAnswer in English.";

        Throwable failure = run().failureOf(CassetteTestCases.OneQuestion.class);

        assertThat(failure).isInstanceOf(CassetteMissError.class);
        Golden.assertMatches(message(failure), "replay-miss.txt");
        assertThat(CassetteTestCases.GOT).last().asString().startsWith("400 ").contains("unrecorded_request");
    }

    @Test
    void tellsOfSeveralMisses() {
        service.script().otherwise(Reply.text("Hello!"));
        CassetteTestCases.question = "";
        assertThat(failures(recording().execute(CassetteTestCases.AsksTwice.class)))
                .isEmpty();
        CassetteTestCases.question = "Hi";

        Throwable failure = run().failureOf(CassetteTestCases.AsksTwice.class);

        Golden.assertMatches(message(failure), "replay-asked-too-often.txt");
    }

    @Test
    void answersARepeatedRequestAsOftenAsItWasRecordedAndInThatOrder() {
        service.script().reply("first").reply("second").reply("third");
        assertThat(failures(recording().execute(CassetteTestCases.AsksTwice.class)))
                .isEmpty();
        List<String> live = got();

        assertThat(failures(run().execute(CassetteTestCases.AsksTwice.class))).isEmpty();

        assertThat(got()).isEqualTo(live);
        assertThat(live.get(0)).contains("first");
        assertThat(live.get(1)).contains("second");
    }

    @Test
    void warnsOfWhatNobodyAskedForAndDropsItWhenItIsRecordedAnew() throws IOException {
        service.script().otherwise(Reply.text("Hello!"));
        assertThat(failures(recording().execute(CassetteTestCases.AsksTwice.class)))
                .isEmpty();
        CassetteTestCases.question = "";

        List<String> warnings =
                Warnings.during(() -> assertThat(failures(run().execute(CassetteTestCases.AsksTwice.class)))
                        .isEmpty());

        assertThat(warnings)
                .anySatisfy(warning -> assertThat(warning)
                        .isEqualTo("The LLM cassette " + onlyFile()
                                + " holds an exchange that its test did not ask for. Recording"
                                + " it anew drops them.\n  #3 POST /v1/chat/completions, model gpt-4o"));
        assertThat(Files.readString(onlyFile())).contains("refund");
        assertThat(failures(recording().with(Configuration.MODE, "record").execute(CassetteTestCases.AsksTwice.class)))
                .isEmpty();
        assertThat(Files.readString(onlyFile())).doesNotContain("refund");
    }

    @Test
    void refusesToWriteAKey() {
        service.script().otherwise(Reply.text("In 5 days."));
        assertThat(failures(recording().execute(CassetteTestCases.OneQuestion.class)))
                .isEmpty();
        String before = read(onlyFile());
        CassetteTestCases.question = "Why does sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4zAb3dEf6hIj9k not work?";

        Throwable failure =
                recording().with(Configuration.MODE, "record").failureOf(CassetteTestCases.OneQuestion.class);

        assertThat(failure).isInstanceOf(CassetteSecretError.class);
        Golden.assertMatches(message(failure), "record-secret.txt");
        assertThat(read(onlyFile())).isEqualTo(before);
    }

    @Test
    void keepsNothingOfATestThatFails() {
        service.script().otherwise(Reply.text("In 5 days."));

        List<String> warnings = Warnings.during(() -> assertThat(recording().failureOf(CassetteTestCases.Failing.class))
                .hasMessage("This is not what I expected"));

        assertThat(files()).isEmpty();
        assertThat(warnings)
                .anySatisfy(warning -> assertThat(warning).contains("is not written: its test did not pass."));
    }

    @Test
    void keepsWhatWentOverItsBudgetAndHoldsTheReplayToIt() {
        service.script().otherwise(Reply.text("In 5 days."));

        Throwable recorded = recording().failureOf(CassetteTestCases.OverBudget.class);
        Throwable replayed = run().failureOf(CassetteTestCases.OverBudget.class);

        assertThat(recorded).isInstanceOf(BudgetExceededError.class);
        assertThat(replayed).isInstanceOf(BudgetExceededError.class);
        assertThat(firstLine(replayed)).isEqualTo(firstLine(recorded)).startsWith("LLM budget exceeded: cost $");
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void cutsAReplayedStreamAtAHardLimit() {
        service.script().reply(Reply.stream("one ", "two ", "three ", "four"));
        assertThat(recording().failureOf(CassetteTestCases.Bounded.class)).isInstanceOf(BudgetExceededError.class);
        List<String> live = got();

        assertThat(run().failureOf(CassetteTestCases.Bounded.class)).isInstanceOf(BudgetExceededError.class);

        assertThat(got()).isEqualTo(live);
        assertThat(live.get(0)).contains("one ").doesNotContain("four").contains("event: error");
    }

    @Test
    void recordsNothingOnABuildServer() {
        JupiterRun run = recording().with("CI", "true");

        assertThat(run.failureOf(CassetteTestCases.OneQuestion.class))
                .isInstanceOf(CassetteMissError.class)
                .hasMessageEndingWith(
                        "There is no such file, and where CI is set nothing is recorded. Record it on a machine"
                                + " of your own, and commit it.");
        service.script().otherwise(Reply.text("In 5 days."));
        assertThat(failures(recording().with("CI", "false").execute(CassetteTestCases.OneQuestion.class)))
                .isEmpty();
        String before = read(onlyFile());
        assertThat(rootOf(run.with(Configuration.MODE, "record").failureOf(CassetteTestCases.OneQuestion.class)))
                .hasMessageContaining("is to be recorded, and where CI is set nothing is.");
        assertThat(read(onlyFile())).isEqualTo(before);
        assertThat(service.calls()).hasSize(1);
        assertThat(failures(run().with("CI", "true").execute(CassetteTestCases.OneQuestion.class)))
                .isEmpty();
    }

    @Test
    void saysThatThereIsNothingToReplay() {
        assertThat(run().with(Configuration.MODE, "replay").failureOf(CassetteTestCases.OneQuestion.class))
                .isInstanceOf(CassetteMissError.class)
                .hasMessageContaining(
                        file("CassetteTestCases.OneQuestion/asks.json").toString())
                .hasMessageEndingWith("There is no such file. Record it with llmbudget.mode=record, and commit it.");
        assertThat(failures(run().with(Configuration.MODE, "replay").execute(CassetteTestCases.NoCalls.class)))
                .isEmpty();
    }

    @Test
    void saysWhichKeyIsNeededToRecord() {
        assertThat(rootOf(run().with(Configuration.API_KEY_ENV, "NO_SUCH_KEY")
                        .failureOf(CassetteTestCases.OneQuestion.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The LLM cassette " + file("CassetteTestCases.OneQuestion/asks.json")
                        + " is to be recorded and the upstream is https://api.openai.com/v1, but the environment variable"
                        + " NO_SUCH_KEY with the key is not set.");
    }

    @Test
    void leavesTestsWithoutACassetteToTheirScripts() {
        for (String mode : List.of("record", "replay")) {
            Throwable failure =
                    recording().with(Configuration.MODE, mode).failureOf(CassetteTestCases.WithoutCassette.class);

            assertThat(failure)
                    .isInstanceOf(UnexpectedRequestError.class)
                    .hasMessageEndingWith(
                            "\n  The mode is " + mode + ", but this test has no @LlmCassette, so its script answers.");
        }
        assertThat(service.calls()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock", "replay"})
    void letsNoPinLeaveTheMachineWhereTheRunStaysOnIt(String mode) {
        JupiterRun run = recording().with(Configuration.MODE, mode);

        assertThat(rootOf(run.failureOf(CassetteTestCases.PinnedLive.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("llmbudget.mode=" + mode + " lets no call leave this machine");
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void keepsMethodsOfOneNameAndRunsOfAClassApart() {
        service.script().otherwise(Reply.of(request -> Reply.text("heard " + request.lastUserText())));
        assertThat(failures(recording().execute(CassetteTestCases.Overloaded.class)))
                .isEmpty();

        assertThat(failures(run().execute(CassetteTestCases.Overloaded.class))).isEmpty();
        assertThat(files())
                .map(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("asks(LlmEndpoint).json", "asks(LlmEndpoint, TokenUsage).json");
    }

    @Test
    void refusesToRecordOverTheCassetteOfAnotherTest() {
        service.script().otherwise(Reply.text("Hello!"));
        assertThat(failures(recording().execute(CassetteTestCases.SameFolderOne.class)))
                .isEmpty();
        String before = read(onlyFile());

        Throwable failure =
                recording().with(Configuration.MODE, "record").failureOf(CassetteTestCases.SameFolderTwo.class);

        assertThat(rootOf(failure))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "belongs to the test " + CassetteTestCases.SameFolderOne.class.getName() + ".asks");
        assertThat(read(onlyFile())).isEqualTo(before);
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void keepsNothingOfAFactoryOfWhichATestFailed() {
        service.script().otherwise(Reply.text("Hello!"));

        assertThat(failures(recording().execute(CassetteTestCases.Factory.class)))
                .hasSize(1);

        assertThat(files()).isEmpty();
    }

    @Test
    void refusesAPinThatNeedsACassette() {
        assertThat(rootOf(recording().failureOf(CassetteTestCases.Mispinned.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("@LlmBudget(mode = REPLAY)")
                .hasMessageContaining("@LlmCassette");
    }

    @Test
    void doesAsTheAnnotationSays() {
        service.script().otherwise(Reply.text("live"));

        List<Throwable> failures = failures(recording().execute(CassetteTestCases.Modes.class));

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("onlyReplays.json")
                        .hasMessageContaining("There is no such file."));
        assertThat(CassetteTestCases.GOT).hasSize(4);
        assertThat(service.calls()).hasSize(2);
        assertThat(files()).map(file -> file.getFileName().toString()).containsExactly("alwaysRecords.json");
        // The property is stronger than the annotation, and the pin stronger than the property.
        assertThat(failures(recording().with(Configuration.MODE, "record").execute(CassetteTestCases.Modes.class)))
                .isEmpty();
        assertThat(files())
                .map(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("alwaysRecords.json", "onlyReplays.json", "isAlwaysLive.json");
    }

    @Test
    void keepsAFileForEachTestAndEachRunOfIt() {
        service.script().otherwise(Reply.text("Hello!"));

        assertThat(failures(recording().inParallel().execute(CassetteTestCases.Places.class)))
                .isEmpty();

        assertThat(files())
                .map(file -> cassettes().relativize(file).toString())
                .containsExactlyInAnyOrder(
                        "CassetteTestCases.Places/class.json",
                        "CassetteTestCases.Places/repeats[1].json",
                        "CassetteTestCases.Places/repeats[2].json",
                        "CassetteTestCases.Places.Inside/inherits.json",
                        "elsewhere/far/hasItsOwn.json");
        service.close();
        assertThat(failures(run().inParallel().execute(CassetteTestCases.Places.class)))
                .isEmpty();
    }

    @Test
    void findsWhatWasAskedAtOnceInAnyOrderAndWritesItInOne() {
        service.script().otherwise(Reply.of(request -> Reply.text("heard " + request.lastUserText())));
        assertThat(failures(recording().execute(CassetteTestCases.AllAtOnce.class)))
                .isEmpty();
        List<String> live = got();
        String first = withoutTimesAndIds(read(onlyFile()));
        assertThat(failures(recording().with(Configuration.MODE, "record").execute(CassetteTestCases.AllAtOnce.class)))
                .isEmpty();
        got();

        assertThat(withoutTimesAndIds(read(onlyFile()))).isEqualTo(first);
        assertThat(failures(recording().with(Configuration.MODE, "replay").execute(CassetteTestCases.AllAtOnce.class)))
                .isEmpty();
        assertThat(got().stream().map(CassetteTests::withoutTimesAndIds))
                .isEqualTo(live.stream().map(CassetteTests::withoutTimesAndIds).toList());
    }

    @Test
    void hidesAndLeavesOutWhatIsDeclared() {
        service.script().reply("1234 5678 9012 is blocked.");
        assertThat(failures(recording().execute(CassetteTestCases.Rules.class))).isEmpty();

        assertThat(failures(run().execute(CassetteTestCases.Rules.class))).isEmpty();

        assertThat(read(onlyFile())).doesNotContain("1234", "ann@example.org").contains("My card REDACTED was lost");
        assertThat(CassetteTestCases.GOT.get(0)).contains("1234 5678 9012 is blocked.");
        assertThat(CassetteTestCases.GOT.get(1)).contains("REDACTED is blocked.");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-10T02:00:00Z, $1.76", "2026-11-10T20:00:00Z, $0.88"})
    void pricesACallByTheHourAtWhichItWasRecorded(String begun, String cost) throws IOException {
        service.script().reply(Reply.text("Hi").usage(1_000_000, 1_000_000));
        assertThat(failures(recording().execute(CassetteTestCases.OfAnHour.class)))
                .isEmpty();
        Files.writeString(
                onlyFile(),
                read(onlyFile())
                        .replaceAll("\"begun\": \"[^\"]*\"", "\"begun\": \"" + begun + "\"")
                        .replace("\"upstream\": \"127.0.0.1\"", "\"upstream\": \"api.deepseek.com\""));

        assertThat(failures(run().execute(CassetteTestCases.OfAnHour.class))).isEmpty();

        assertThat(CassetteTestCases.GOT).last().isEqualTo("cost " + cost);
    }

    @Test
    void takesTheTimeOfTheRecordingIfAskedTo() {
        service.script().reply(Reply.stream("In ", "5 ", "days.").chunkDelay(Duration.ofMillis(40)));
        assertThat(failures(recording().execute(CassetteTestCases.InItsTime.class)))
                .isEmpty();
        List<String> live = got();

        assertThat(failures(run().execute(CassetteTestCases.InItsTime.class))).isEmpty();

        assertThat(CassetteTestCases.GOT.get(0)).isEqualTo(live.get(0));
        assertThat(Long.parseLong(CassetteTestCases.GOT.get(1))).isGreaterThanOrEqualTo(79);
    }

    @Test
    void replaysErrorsAndCutsAsTheyCame() {
        service.script()
                .reply(Reply.error(429).retryAfter(Duration.ofSeconds(1)))
                .reply(Reply.stream("In ", "5 ", "days.").cutAfter(2))
                .reply("In 5 days.");
        assertThat(failures(recording().execute(CassetteTestCases.Troubled.class)))
                .isEmpty();
        List<String> live = got();

        assertThat(failures(run().execute(CassetteTestCases.Troubled.class))).isEmpty();

        assertThat(got()).isEqualTo(live);
        assertThat(live).hasSize(6).contains("cut").anyMatch(got -> got.startsWith("429 "));
        assertThat(live.get(4)).startsWith("CUT ").doesNotEndWith(" 0");
        assertThat(read(onlyFile())).contains("\"cut\": true", "\"Retry-After\": \"1\"");
    }

    @Test
    void worksAsAMetaAnnotation() {
        service.script().reply("Hello!");
        assertThat(failures(recording().execute(CassetteTestCases.WithAnAnnotationOfItsOwn.class)))
                .isEmpty();

        assertThat(failures(run().execute(CassetteTestCases.WithAnAnnotationOfItsOwn.class)))
                .isEmpty();
        assertThat(cassettes().relativize(onlyFile())).hasToString("recorded/asks.json");
    }

    @Test
    void countsAReplayedCallAsSpendingNothingInTheReport() throws IOException {
        scriptConversation();
        assertThat(failures(recording().execute(CassetteTestCases.Conversation.class)))
                .isEmpty();
        JupiterRun replay = new JupiterRun(directory.resolve("replayed"))
                .with(Configuration.CASSETTES_DIR, cassettes().toString());

        assertThat(failures(replay.execute(CassetteTestCases.Conversation.class)))
                .isEmpty();

        try (Stream<Path> journals = Files.walk(directory.resolve("replayed"))) {
            assertThat(journals.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .anySatisfy(
                            journal -> assertThat(read(journal)).contains("\"origin\":\"REPLAY\"", "\"recorded\":\""));
        }
    }

    @Test
    void saysWhatIsWrongWithADeclaration() {
        assertThat(failures(run().execute(CassetteTestCases.Misdeclared.class)))
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageStartingWith("@LlmCassette on CassetteTestCases.Misdeclared."));
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path file = file("CassetteTestCases.OneQuestion/asks.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"version\": 1,\n\"test\": 7}");

        assertThat(run().failureOf(CassetteTestCases.OneQuestion.class).getCause())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 2");
    }

    @Test
    void refusesTheCassetteOfAnotherTest() throws IOException {
        service.script().otherwise(Reply.text("In 5 days."));
        assertThat(failures(recording().execute(CassetteTestCases.OneQuestion.class)))
                .isEmpty();
        Path other = file("CassetteTestCases.Failing/failsItself.json");
        Files.createDirectories(other.getParent());
        Files.copy(onlyFile(), other);

        assertThat(rootOf(run().failureOf(CassetteTestCases.Failing.class)))
                .hasMessageContaining("belongs to the test " + CassetteTestCases.OneQuestion.class.getName() + ".asks");
    }

    private void scriptConversation() {
        service.script()
                .reply(Reply.text("In 5 days.").usage(1_204, 310))
                .reply(Reply.stream("In ", "5 ", "days."))
                .reply(Reply.toolCall("getOrder", "{\"id\":7}"))
                .reply("It is late.")
                .reply(Reply.embeddings());
    }

    @Test
    void tellsWhatWasUsedThoughTheCassetteCannotBeMade() {
        service.script().otherwise(Reply.text("5 days"));

        List<Throwable> failures = failures(recording().execute(CassetteTestCases.Unnormalised.class));

        assertThat(failures).singleElement().isInstanceOf(BudgetExceededError.class);
        assertThat(failures.get(0).getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(files()).isEmpty();
    }

    private JupiterRun run() {
        return new JupiterRun(directory.resolve("report"))
                .with(Configuration.CASSETTES_DIR, cassettes().toString())
                .with(Configuration.API_KEY_ENV, "UPSTREAM_TEST_KEY");
    }

    private JupiterRun recording() {
        return run().with(Configuration.UPSTREAM, service.baseUrl());
    }

    private Path cassettes() {
        return directory.resolve("cassettes");
    }

    private Path file(String name) {
        return cassettes().resolve(name);
    }

    private List<Path> files() {
        if (!Files.exists(cassettes())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cassettes())) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path onlyFile() {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> got() {
        List<String> got = List.copyOf(CassetteTestCases.GOT);
        CassetteTestCases.GOT.clear();
        return got;
    }

    private String message(Throwable failure) {
        return failure.getMessage().replace(cassettes().toString(), "src/test/resources/llm-cassettes");
    }

    private static String firstLine(Throwable failure) {
        return failure.getMessage().lines().findFirst().orElseThrow();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String withoutTimesAndIds(String text) {
        return text.replaceAll("\"begun\": \"[^\"]*\"", "")
                .replaceAll("\"at\": ?[0-9.]+", "")
                .replaceAll("mock-\\d+", "");
    }
}
