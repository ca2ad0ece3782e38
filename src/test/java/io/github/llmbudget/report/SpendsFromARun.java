package io.github.llmbudget.report;

import io.github.llmbudget.budget.Account;
import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Limit;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.endpoint.EndpointServer;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.endpoint.TestCalls;
import io.github.llmbudget.endpoint.TestEndpoint;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.testing.TestClient;
import io.github.llmbudget.usage.SpanAddresses;
import io.github.llmbudget.usage.UsageLedger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A fork of a run: makes calls, one after the other, until they are refused, and prints how many were not. */
public final class SpendsFromARun {

    private SpendsFromARun() {}

    /** Takes the report directory, and the limit of the run in calls. */
    public static void main(String[] arguments) throws Exception {
        Object lock = new Object();
        Limit limit = new Limit(Metric.CALLS, new BigDecimal(arguments[1]), "suite", "the whole run")
                .of(Scope.SUITE, Set.of(Role.values()));
        List<Account> accounts = List.of(new Account(limit, lock));
        SharedUse others = SharedUse.open(Path.of(arguments[0]), RunId.byProcess(), accounts);
        BudgetGate gate = new BudgetGate(
                "fork " + ProcessHandle.current().pid(),
                "fork " + ProcessHandle.current().pid(),
                new Budget(List.of(limit), BudgetPolicy.DEFAULT),
                accounts,
                null,
                PriceCatalog.builtIn(),
                new BudgetGate.Shared(lock, Duration.ofSeconds(5), others));
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(5), gate, SpanAddresses.NONE);
        try (EndpointServer server = EndpointServer.start();
                TestEndpoint endpoint = server.openMock(new TestCalls(gate, ledger))) {
            endpoint.otherwise(Reply.text("Hello").usage(8, 2));
            TestClient client = new TestClient(endpoint);
            String last = "";
            int passed = -1;
            for (int status = 200; status == 200; passed++) {
                var answer = client.chat("gpt-4o", "Hi");
                status = answer.statusCode();
                last = answer.body();
            }
            System.out.println("passed " + passed);
            System.out.println("refused " + last);
        }
        System.exit(0);
    }
}
