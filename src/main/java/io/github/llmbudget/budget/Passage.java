package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apiguardian.api.API;

/**
 * The leave of one call to be sent. What was set aside for it is given back when the
 * gate {@linkplain BudgetGate#settle settles} it.
 * Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Passage {

    /** The passage of a call that no hard limit is about. */
    public static final Passage FREE = new Passage();

    private final Map<Account, BigDecimal> reserved = new LinkedHashMap<>();
    private long allowedOutput = Long.MAX_VALUE;
    private LongConsumer cut = written -> {};
    private Operation operation = Operation.OTHER;

    Passage() {}

    /** Sets something aside until the call is settled. */
    void reserve(Account account, BigDecimal amount) {
        account.reserve(amount);
        reserved.put(account, amount);
    }

    /**
     * Bounds the output of the call, unless it is bounded more narrowly already.
     *
     * @param call which call it is
     * @param output how many tokens it may come to
     * @param ifCut is told the tokens that have come when the stream is cut
     */
    void narrow(LlmCall call, long output, LongConsumer ifCut) {
        if (output < allowedOutput) {
            allowedOutput = output;
            operation = call.operation();
            cut = ifCut;
        }
    }

    /**
     * Tells whether the stream of this call may have to be cut.
     *
     * @return whether its output is bounded
     */
    public boolean isBounded() {
        return allowedOutput != Long.MAX_VALUE;
    }

    /**
     * Returns how many output tokens the call may come to.
     *
     * @return the number of tokens; one more and its stream must be cut
     */
    public long allowedOutput() {
        return allowedOutput;
    }

    /**
     * Returns what a call asks for whose output is bounded.
     *
     * @return the operation
     */
    public Operation operation() {
        return operation;
    }

    /**
     * Notes that the stream of this call was cut.
     *
     * @param output the output tokens that had come by then
     */
    public void cut(long output) {
        cut.accept(output);
    }

    /** Gives back what was set aside. */
    void settle() {
        reserved.forEach(Account::release);
    }
}
