package io.github.llmbudget.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetBreach;
import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.OtherJvms;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.LocalUpstream;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.SpanAddresses;
import io.github.llmbudget.usage.UsageLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not wait for the end of their answer: what the service wrote until then is paid for. */
class DepartedClientTests {

    private static final Duration AWAIT = Duration.ofSeconds(20);
    private static final String CHUNK = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},"
            + "\"finish_reason\":null}]}";

    private final EndpointServer server = EndpointServer.start();
    private final UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), AWAIT);

    @AfterEach
    void stop() {
        server.close();
    }

    /** What a client does after the third chunk. */
    enum Departure {
        CLOSES_WHILE_MORE_COMES(false),
        CLOSES_WHILE_THE_SERVICE_IS_SILENT(true),
        DIES_WHILE_MORE_COMES(false),
        DIES_WHILE_THE_SERVICE_IS_SILENT(true);

        private final boolean silent;

        Departure(boolean silent) {
            this.silent = silent;
        }

        void leave(Socket client) throws IOException {
            if (name().startsWith("DIES")) {
                client.setSoLinger(true, 0); // a reset, as of a process that was killed
            }
            client.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Departure.class)
    void countsWhatCameOfAMockedStream(Departure departure) throws IOException {
        TestEndpoint mock = server.openMock(ledger);
        mock.reply(Reply.stream(" word", " word", " word", " word", " word", " word", " word", " word")
                .chunkDelay(departure.silent ? Duration.ofSeconds(30) : Duration.ofMillis(30)));

        leaveAfter(departure.silent ? 1 : 3, mock, departure);

        assertCutAndEstimated();
    }

    @ParameterizedTest
    @EnumSource(Departure.class)
    void countsWhatCameOfALiveStreamAndClosesIt(Departure departure) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (LocalUpstream upstream = LocalUpstream.plain(request -> LocalUpstream.stream(request, stream -> {
            for (int i = 0; i < 3; i++) {
                stream.event(CHUNK);
            }
            try {
                for (int i = 0; i < 500; i++) {
                    if (departure.silent && never.await(30, TimeUnit.SECONDS)) {
                        break;
                    }
                    Thread.sleep(10);
                    stream.event(CHUNK);
                }
            } catch (IOException e) {
                closed.countDown();
                throw e;
            }
        }))) {
            TestEndpoint live = server.openLive(ledger, new UpstreamTarget(upstream.baseUrl(), null));

            leaveAfter(3, live, departure);

            assertCutAndEstimated();
            never.countDown();
            if (!departure.silent) {
                assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** Asks for a stream and leaves when so many chunks have come. */
    private static void leaveAfter(int chunks, LlmEndpoint endpoint, Departure departure) throws IOException {
        URI address = URI.create(endpoint.baseUrl());
        Socket client = new Socket(address.getHost(), address.getPort());
        byte[] body = TestClient.chatBody("gpt-4o", "Hi", ",\"stream\":true").getBytes(UTF_8);
        client.getOutputStream()
                .write(("POST " + address.getPath() + "/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: "
                                + body.length + "\r\n\r\n")
                        .getBytes(UTF_8));
        client.getOutputStream().write(body);
        BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        int left = chunks;
        for (String line = lines.readLine(); line != null && left > 0; line = lines.readLine()) {
            if (line.contains("\" word\"")) {
                left--;
            }
        }
        departure.leave(client);
    }

    private void assertCutAndEstimated() {
        assertThat(ledger.usage().await()).isTrue();
        LlmCall call = ledger.usage().calls().get(ledger.usage().calls().size() - 1);
        assertThat(call.status()).isEqualTo(CallStatus.CUT);
        assertThat(call.countSource()).isEqualTo(CountSource.ESTIMATED);
        assertThat(call.tokens().input()).isEqualTo(8);
        assertThat(call.tokens().output()).isPositive();
        assertThat(ledger.usage().costOf(call).usd()).isPositive();
        assertThat(ledger.usage().costOf(call).toString()).startsWith("~$");
        Limit limit = new Limit(Metric.COST, BigDecimal.ONE, "@MaxCost(1)", "DepartedClientTests");
        BudgetPolicy reportedOnly = new BudgetPolicy(BudgetPolicy.UnknownPrice.FAIL, BudgetPolicy.MissingUsage.FAIL);
        assertThat(new Budget(List.of(limit), BudgetPolicy.DEFAULT).check(ledger.usage()))
                .isEmpty();
        assertThat(new Budget(List.of(limit), reportedOnly).check(ledger.usage()))
                .extracting(BudgetBreach::kind)
                .containsExactly(BudgetBreach.Kind.UNCOUNTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream\":true"})
    void keepsNothingAsideForAClientThatTimedOutBeforeItsAnswerBegan(String more) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Limit limit = new Limit(Metric.TOKENS, BigDecimal.valueOf(1_000), "@Hard", "DepartedClientTests").hardened();
        BudgetGate gate = new BudgetGate(
                "test",
                "test",
                new Budget(List.of(limit), BudgetPolicy.DEFAULT),
                List.of(),
                null,
                PriceCatalog.builtIn(),
                new BudgetGate.Shared(new Object(), AWAIT, OtherJvms.NONE));
        UsageLedger limited = new UsageLedger(PriceCatalog.builtIn(), AWAIT, gate, SpanAddresses.NONE);
        try (LocalUpstream upstream = LocalUpstream.plain(request -> {
            if (request.getBody().utf8().contains("Wait")) {
                await(never);
            }
            return LocalUpstream.json("{\"id\":\"1\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hello\"}}],"
                    + "\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":1,\"total_tokens\":9}}");
        })) {
            TestEndpoint live =
                    server.openLive(new TestCalls(gate, limited), new UpstreamTarget(upstream.baseUrl(), null));
            HttpRequest hasty = HttpRequest.newBuilder(URI.create(live.baseUrl() + "/chat/completions"))
                    .timeout(Duration.ofMillis(300))
                    .POST(HttpRequest.BodyPublishers.ofString(TestClient.chatBody("gpt-4o", "Wait", more)))
                    .build();
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(hasty, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);

            assertThat(new TestClient(live).chat("gpt-4o", "Hi").statusCode()).isEqualTo(200);

            never.countDown();
            assertThat(limited.usage().await()).isTrue();
        }
        assertThat(gate.openPassages()).isZero();
        assertThat(limited.usage().calls()).hasSize(2).allSatisfy(call -> {
            assertThat(call.isUncounted()).isFalse();
            assertThat(call.tokens().input()).isEqualTo(8);
        });
    }

    @Test
    void doesNotLetAMockTakeItsTimeForAClientThatIsGone() {
        TestEndpoint mock = server.openMock(ledger);
        mock.reply(Reply.text("late").usage(8, 2).after(Duration.ofSeconds(60)));

        HttpRequest request = HttpRequest.newBuilder(URI.create(mock.baseUrl() + "/chat/completions"))
                .timeout(Duration.ofMillis(200))
                .POST(HttpRequest.BodyPublishers.ofString(TestClient.chatBody("gpt-4o", "Hi", "")))
                .build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(ledger.usage().await()).isTrue();
        assertThat(ledger.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.COMPLETE);
            assertThat(call.countSource()).isEqualTo(CountSource.REPORTED);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void goesOnWithAClientThatIsOnlyPatient() {
        TestEndpoint mock = server.openMock(ledger);
        mock.reply(Reply.stream("one ", "two ", "three").chunkDelay(Duration.ofMillis(350)))
                .reply("next");
        TestClient client = new TestClient(mock);

        assertThat(client.chatStream("gpt-4o", "Hi").body()).contains("[DONE]");
        assertThat(client.chat("gpt-4o", "Hi").body()).contains("next");

        assertThat(ledger.usage().calls()).extracting(LlmCall::status).containsOnly(CallStatus.COMPLETE);
    }
}
