package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.BudgetGate;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.UsageLedger;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apiguardian.api.API;

/**
 * Where the calls of one test go on their way: past the gate of its budget, and into its ledger.
 *
 * @param gate lets calls pass or refuses them
 * @param recorder takes the calls to the address of the test
 * @param spans finds who takes the calls to the address of a span, by its number
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record TestCalls(BudgetGate gate, CallRecorder recorder, IntFunction<Optional<CallRecorder>> spans) {

    /**
     * The calls of a test with a ledger.
     *
     * @param gate lets calls pass or refuses them
     * @param ledger takes the calls
     */
    public TestCalls(BudgetGate gate, UsageLedger ledger) {
        this(gate, ledger, ledger::recorderOfSpan);
    }

    /**
     * The calls of a test without limits that hold while calls run.
     *
     * @param recorder takes the calls
     * @return the way of calls that pass freely
     */
    static TestCalls ungated(CallRecorder recorder) {
        return new TestCalls(BudgetGate.open(), recorder, number -> Optional.empty());
    }
}
