package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Account;
import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.OtherJvms;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.SpanAddresses;
import io.github.llmbudget.usage.UsageLedger;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eight threads that race for the same limit, in a thousand races. */
class HardLimitRaceTests {

    private static final int THREADS = 8;
    private static final int RACES = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CHAT = "/chat/completions";

    private final EndpointServer server = EndpointServer.start();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    /** A call has 8 tokens of input and 2 of output, $0.00004 in all; 3 more tokens of output are allowed at times. */
    @ParameterizedTest
    @CsvSource({
        "TEST, CALLS, 3, ''",
        "TEST, TOKENS, 37, ''",
        "TEST, COST, 0.000139, ',\"max_tokens\":2'",
        "CLASS, INPUT_TOKENS, 31, ',\"max_tokens\":5'"
    })
    void letsNoMoreCallsThroughThanThereIsRoomFor(Scope scope, Metric metric, String max, String bound)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        String body = TestClient.chatBody("gpt-4o", "Hi", bound);
        for (int race = 0; race < RACES; race++) {
            Object lock = new Object();
            Limit limit = new Limit(metric, new BigDecimal(max), "@Hard", "HardLimitRaceTests")
                    .hardened()
                    .of(scope, Set.of(Role.SUBJECT));
            BudgetGate gate = new BudgetGate(
                    "race",
                    "race",
                    new Budget(List.of(limit), BudgetPolicy.DEFAULT),
                    scope == Scope.CLASS ? List.of(new Account(limit, lock)) : List.of(),
                    null,
                    PriceCatalog.builtIn(),
                    new BudgetGate.Shared(lock, PATIENCE, OtherJvms.NONE));
            UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), PATIENCE, gate, SpanAddresses.NONE);
            try (TestEndpoint endpoint = server.openMock(new TestCalls(gate, ledger))) {
                endpoint.otherwise(Reply.text("Hello").usage(8, 2));
                TestClient client = new TestClient(endpoint);
                List<Future<HttpResponse<String>>> answers = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    answers.add(threads.submit(() -> {
                        start.await();
                        return client.post(CHAT, body);
                    }));
                }
                List<String> passed = new ArrayList<>();
                List<String> refused = new ArrayList<>();
                for (Future<HttpResponse<String>> answer : answers) {
                    HttpResponse<String> got = answer.get();
                    (got.statusCode() == 200 ? passed : refused).add(got.statusCode() + " " + got.body());
                }

                assertThat(refused).hasSize(THREADS - 3).allMatch(answer -> answer.startsWith("402 "));
                assertThat(passed).hasSize(3);
                assertThat(ledger.usage().calls()).hasSize(3);
                assertThat(gate.interventions()).hasSize(THREADS - 3);
                assertThat(gate.openPassages()).isZero();
            }
        }
    }
}
