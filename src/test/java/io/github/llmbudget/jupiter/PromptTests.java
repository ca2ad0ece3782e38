package io.github.llmbudget.jupiter;

import static io.github.llmbudget.testing.JupiterRun.failures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.report.Conversation;
import io.github.llmbudget.report.Journals;
import io.github.llmbudget.report.RunId;
import io.github.llmbudget.testing.ChatService;
import io.github.llmbudget.testing.JupiterRun;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the report holds of what calls ask and are answered. */
@Timeout(30)
class PromptTests {

    private static final String KEY = "sk-upstream-secret";
    private static final String OPENAI_KEY = "sk-proj-Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0";
    private static final String QUESTION = TestClient.chatBody("gpt-4o", "Where is my refund?", "");
    private static final String ANSWER = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"In five days.\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":4,\"total_tokens\":16}}";

    @TempDir
    private Path directory;

    @BeforeEach
    @AfterEach
    void askForAChat() {
        PromptTestCases.operation = "/chat/completions";
        PromptTestCases.body = QUESTION;
    }

    @Test
    void keepsNothingUnlessAsked() throws IOException {
        try (LocalUpstream upstream = LocalUpstream.plain(request -> LocalUpstream.json(ANSWER))) {
            execute(new JupiterRun(directory), upstream, PromptTestCases.Asking.class);
        }

        assertThat(onlyCall().conversation()).isNull();
        assertThat(journal()).contains("gpt-4o").doesNotContain("refund", "five days", "conversation");
    }

    @Test
    void keepsWhatWasAskedAndAnswered() {
        assertThat(conversation(request -> LocalUpstream.json(ANSWER))).isEqualTo(new Conversation(QUESTION, ANSWER));
    }

    @Test
    void keepsAStreamAsItsEventsAndTheRequestAsTheClientSentIt() {
        PromptTestCases.body = TestClient.chatBody("gpt-4o", "Where is my refund?", ",\"stream\":true");

        Conversation conversation = conversation(new ChatService(true));

        assertThat(conversation.request()).isEqualTo(PromptTestCases.body).doesNotContain("include_usage");
        assertThat(conversation.answer())
                .startsWith("data: {")
                .contains("\"content\":\"unds\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void unpacksWhatWasPacked() {
        Conversation conversation = conversation(request -> {
            Buffer packed = new Buffer();
            try (var gzip = Okio.buffer(new GzipSink(packed))) {
                gzip.writeUtf8(ANSWER);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return new MockResponse.Builder()
                    .addHeader("Content-Type", "application/json")
                    .addHeader("Content-Encoding", "gzip")
                    .body(packed)
                    .build();
        });

        assertThat(conversation.answer()).isEqualTo(ANSWER);
    }

    @Test
    void writesNoSecret() throws IOException {
        PromptTestCases.body = TestClient.chatBody("gpt-4o", "My keys are " + OPENAI_KEY + " and " + KEY + ".", "");

        Conversation conversation =
                conversation(request -> LocalUpstream.json(ANSWER.replace("In five days", "Yours is " + OPENAI_KEY)));

        assertThat(conversation.request())
                .isEqualTo(TestClient.chatBody(
                        "gpt-4o", "My keys are [secret: OpenAI key] and [secret: key in use].", ""));
        assertThat(conversation.answer()).contains("Yours is [secret: OpenAI key].");
        assertThat(journal()).doesNotContain(OPENAI_KEY, KEY);
    }

    @Test
    void writesNoKeyOfTheClientItself() throws IOException {
        PromptTestCases.body = TestClient.chatBody("gpt-4o", "My key is key-of-the-client-itself", "");
        try (LocalUpstream upstream = LocalUpstream.plain(request -> LocalUpstream.json(ANSWER))) {
            PromptTestCases.WithoutEndpoint.upstream = upstream.baseUrl();
            execute(full(), upstream, PromptTestCases.WithoutEndpoint.class);
        }

        Conversation conversation = onlyCall().conversation();
        assertThat(conversation)
                .isEqualTo(
                        new Conversation(TestClient.chatBody("gpt-4o", "My key is [secret: key in use]", ""), ANSWER));
        assertThat(journal()).doesNotContain("key-of-the-client-itself");
    }

    @Test
    void redactsAsTheCassetteOfTheTest() throws IOException {
        try (LocalUpstream upstream =
                LocalUpstream.plain(request -> LocalUpstream.json(ANSWER.replace("five", "order-77")))) {
            execute(full(), upstream, PromptTestCases.AskingInPrivate.class);
        }

        Conversation conversation = onlyCall().conversation();
        assertThat(conversation).isNotNull();
        assertThat(conversation.request()).contains("\"content\":\"REDACTED\"");
        assertThat(conversation.answer()).contains("In REDACTED days.");
    }

    @Test
    void tellsOfBinaryBodiesWithoutThem() {
        PromptTestCases.operation = "/audio/speech";
        PromptTestCases.body = "{\"model\":\"tts-1\",\"input\":\"Hello\",\"voice\":\"alloy\"}";

        Conversation conversation = conversation(request -> new MockResponse.Builder()
                .addHeader("Content-Type", "audio/mpeg")
                .body(new Buffer().write(new byte[2_500]))
                .build());

        assertThat(conversation).isEqualTo(new Conversation(PromptTestCases.body, "[audio/mpeg, 2,500 bytes]"));
    }

    @Test
    void keepsWhatAServiceSaysAboutAFailure() {
        String error = "{\"error\":{\"message\":\"The server is overloaded\"}}";

        assertThat(conversation(request -> LocalUpstream.error(503, error)))
                .isEqualTo(new Conversation(QUESTION, error));
    }

    @Test
    void keepsTheQuestionThatNobodyAnswered() {
        Conversation conversation = conversation(request -> new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThat(conversation).isEqualTo(new Conversation(QUESTION, ""));
    }

    @Test
    void keepsTheBeginningOfAStreamThatBreaksOff() {
        PromptTestCases.body = TestClient.chatBody("gpt-4o", "Where is my refund?", ",\"stream\":true");

        Conversation conversation = conversation(request -> LocalUpstream.stream(request, stream -> {
            stream.event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"In five\"}}]}");
            stream.cut();
        }));

        assertThat(conversation.answer()).contains("In five");
    }

    @Test
    void keepsNothingOfWhatFetchesAnEarlierAnswer() {
        String answer = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"gpt-4o\","
                + "\"output\":[],\"usage\":{\"input_tokens\":5,\"output_tokens\":1,\"total_tokens\":6}}";
        try (LocalUpstream upstream = LocalUpstream.plain(request -> LocalUpstream.json(
                "GET".equals(request.getMethod()) ? answer.replace("\"output\":[]", "\"output\":[ ]") : answer))) {
            execute(full(), upstream, PromptTestCases.FetchingAgain.class);
            assertThat(upstream.requests()).hasSize(2);
        }

        assertThat(onlyCall().conversation())
                .isEqualTo(new Conversation("{\"model\":\"gpt-4o\",\"input\":\"Where is my refund?\"}", answer));
    }

    @Test
    void tellsTheLinesThatAPriceListLacks() {
        PromptTestCases.body = TestClient.chatBody("our-Llama", "Where is my refund?", "");

        conversation(request -> LocalUpstream.json(ANSWER.replace("gpt-4o", "our-Llama")));

        assertThat(onlyCall().isUnpriced()).isTrue();
        assertThat(onlyCall().missingPrices()).containsExactly("our-llama,input,<price>", "our-llama,output,<price>");
    }

    private Conversation conversation(Function<RecordedRequest, MockResponse> service) {
        try (LocalUpstream upstream = LocalUpstream.plain(service)) {
            execute(full(), upstream, PromptTestCases.Asking.class);
        }
        Conversation conversation = onlyCall().conversation();
        if (conversation == null) {
            throw new AssertionError("Nothing was kept");
        }
        return conversation;
    }

    private JupiterRun full() {
        return new JupiterRun(directory).with(Configuration.REPORT_PROMPTS, "full");
    }

    private static void execute(JupiterRun run, LocalUpstream upstream, Class<?> testCases) {
        assertThat(failures(run.with(Configuration.MODE, "live")
                        .with(Configuration.UPSTREAM, upstream.baseUrl())
                        .with(Configuration.API_KEY_ENV, "UPSTREAM_TEST_KEY")
                        .execute(testCases)))
                .isEmpty();
    }

    private CallUsage onlyCall() {
        try {
            List<CallUsage> calls =
                    Journals.ofRun(directory, RunId.of(Configuration.of(key -> Optional.empty()))).tests().stream()
                            .flatMap(test -> test.calls().stream())
                            .toList();
            assertThat(calls).hasSize(1);
            return calls.get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String journal() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(PromptTests::text).collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
