package io.github.llmbudget.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.usage.SpanAddresses;
import io.github.llmbudget.usage.UsageLedger;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetGateTests {

    private static final Duration PATIENCE = Duration.ofMillis(30);

    private final Object lock = new Object();

    /** A call of gpt-4o, $2.50 for a million tokens of input and $10 of output. */
    private record Request(String model, long input, OptionalLong outputLimit, Role role) implements Forecast {

        static Request of(long input) {
            return new Request("gpt-4o", input, OptionalLong.empty(), Role.SUBJECT);
        }

        Request upTo(long output) {
            return new Request(model, input, OptionalLong.of(output), role);
        }

        Request by(Role other) {
            return new Request(model, input, outputLimit, other);
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        @Override
        public LlmCall identity() {
            return LlmCall.of(Operation.CHAT, model).role(role, null).build();
        }

        @Override
        public LlmCall call() {
            return identity().toBuilder()
                    .tokens(TokenCounts.of(input, 0), CountSource.PARTIAL)
                    .build();
        }
    }

    private static LlmCall answered(Request request, long output) {
        return request.identity().toBuilder()
                .tokens(TokenCounts.of(request.input, output), CountSource.REPORTED)
                .build();
    }

    private BudgetGate gate(Limit... limits) {
        return gate("test", List.of(), limits);
    }

    private BudgetGate gate(String test, List<Account> shared, Limit... limits) {
        return new BudgetGate(
                test,
                test,
                new Budget(List.of(limits), BudgetPolicy.DEFAULT),
                shared,
                null,
                Usages.PRICES,
                new BudgetGate.Shared(lock, PATIENCE, OtherJvms.NONE));
    }

    private static UsageLedger ledger(BudgetGate gate) {
        return new UsageLedger(Usages.PRICES, Duration.ZERO, gate, SpanAddresses.NONE);
    }

    private static Limit hard(Metric metric, String max) {
        return new Limit(metric, new BigDecimal(max), "@Hard(" + max + ")", Usages.PLACE).hardened();
    }

    private static void assertRefused(BudgetGate gate, Request request, String reason) {
        assertThatThrownBy(() -> gate.enter(request))
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "TOKENS, 99, it needs at least 100 tokens",
        "INPUT_TOKENS, 99, it needs at least 100 input tokens",
        "COST, 0.0002499, it needs at least $0.00025",
        "CALLS, 0, allows no more",
        "OUTPUT_TOKENS, 0, allows no more"
    })
    void refusesWhatHasNoRoomForItsInput(Metric metric, String max, String reason) {
        assertRefused(gate(hard(metric, max)), Request.of(100), reason);
    }

    @ParameterizedTest
    @CsvSource({"TOKENS, 100", "INPUT_TOKENS, 100", "COST, 0.00025", "CALLS, 1", "OUTPUT_TOKENS, 1"})
    void letsPassWhatHasExactlyRoomForItsInput(Metric metric, String max) throws CallRefusedException {
        BudgetGate gate = gate(hard(metric, max));

        gate.settle(gate.enter(Request.of(100)));

        assertThat(gate.openPassages()).isZero();
    }

    @Test
    void letsPassWhatWritesNothingUnderALimitOnOutput() throws CallRefusedException {
        assertThat(gate(hard(Metric.OUTPUT_TOKENS, "0"))
                        .enter(Request.of(100).upTo(0))
                        .isBounded())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TOKENS, 130, 30",
        "OUTPUT_TOKENS, 30, 30",
        "COST, 0.00055, 30",
        "COST, 0.000559999, 30",
        "TOKENS, 100, 0"
    })
    void boundsTheOutputByWhatIsLeft(Metric metric, String max, long output) throws CallRefusedException {
        assertThat(gate(hard(metric, max)).enter(Request.of(100)).allowedOutput())
                .isEqualTo(output);
        assertThat(gate(hard(metric, max)).enter(Request.of(100).upTo(1_000)).allowedOutput())
                .isEqualTo(output);
    }

    @Test
    void leavesToTheRequestWhatItBoundsItself() throws CallRefusedException {
        assertThat(gate(hard(Metric.TOKENS, "130"))
                        .enter(Request.of(100).upTo(30))
                        .isBounded())
                .isFalse();
    }

    @Test
    void boundsTheOutputByTheNarrowestLimit() throws CallRefusedException {
        BudgetGate gate = gate(hard(Metric.OUTPUT_TOKENS, "50"), hard(Metric.TOKENS, "120"));

        Passage passage = gate.enter(Request.of(100));
        passage.cut(21);

        assertThat(passage.allowedOutput()).isEqualTo(20);
        assertThat(gate.interventions())
                .singleElement()
                .extracting(intervention -> intervention.limit().metric())
                .isEqualTo(Metric.TOKENS);
    }

    @Test
    void refusesACallWhileOthersMayUseUpTheRest() throws CallRefusedException {
        BudgetGate gate = gate(hard(Metric.TOKENS, "1000"));
        Passage first = gate.enter(Request.of(100));

        assertRefused(gate, Request.of(100), "calls that still run may use up what is left");

        gate.settle(first);
        gate.enter(Request.of(100));
    }

    @Test
    void holdsEachCallToALimitOfItsOwn() throws CallRefusedException {
        BudgetGate gate = gate(hard(Metric.TOKENS, "150").of(Scope.CALL, Set.of(Role.SUBJECT)));

        for (int call = 0; call < 3; call++) {
            assertThat(gate.enter(Request.of(100)).allowedOutput()).isEqualTo(50);
        }
        assertRefused(gate, Request.of(151), "it needs at least 151 tokens");
    }

    @Test
    void knowsTheRolesThatALimitCounts() throws CallRefusedException {
        BudgetGate gate = gate(hard(Metric.CALLS, "0"), hard(Metric.CALLS, "1").of(Scope.TEST, Set.of(Role.JUDGE)));

        assertRefused(gate, Request.of(1), "@Hard(0)");
        gate.enter(Request.of(1).by(Role.SETUP));
        gate.enter(Request.of(1).by(Role.JUDGE));
        assertRefused(gate, Request.of(1).by(Role.JUDGE), "@Hard(1)");
    }

    @Test
    void sharesAnAccountAmongTests() throws CallRefusedException {
        Limit limit = hard(Metric.CALLS, "2").of(Scope.CLASS, Set.of(Role.SUBJECT));
        List<Account> shared = List.of(new Account(limit, lock));
        BudgetGate one = gate("one", shared, limit);
        BudgetGate other = gate("other", shared, limit);

        Passage passage = one.enter(Request.of(1));
        ledger(one).record(answered(Request.of(1), 1));
        one.settle(passage);
        Passage second = other.enter(Request.of(1));

        assertRefused(one, Request.of(1), "allows no more");
        other.settle(second);
        assertThat(shared.get(0).used()).isEqualTo(BigDecimal.ONE);
        assertThat(shared.get(0).reserved()).isZero();
    }

    @Test
    void blamesTheTestThatCrossesALimitAndThoseAfterIt() {
        Limit limit = new Limit(Metric.CALLS, BigDecimal.valueOf(2), "@MaxCalls(2)", "the class")
                .of(Scope.CLASS, Set.of(Role.SUBJECT));
        List<Account> shared = List.of(new Account(limit, lock));
        BudgetGate before = gate("before", shared, limit);
        BudgetGate crossing = gate("crossing", shared, limit);
        BudgetGate after = gate("after", shared, limit);
        UsageLedger beforeIt = ledger(before);
        UsageLedger across = ledger(crossing);
        UsageLedger afterIt = ledger(after);

        beforeIt.record(answered(Request.of(1), 1));
        across.record(answered(Request.of(1), 1));
        across.record(answered(Request.of(1), 1));
        afterIt.record(answered(Request.of(1), 1));

        assertThat(before.check(beforeIt.usage())).isEmpty();
        assertThat(crossing.check(across.usage()))
                .extracting(BudgetBreach::call)
                .containsExactly(1); // of four in all the third; of its own, with what others used by now, the first
        assertThat(after.check(afterIt.usage()))
                .extracting(BudgetBreach::kind)
                .containsExactly(BudgetBreach.Kind.EXCEEDED);
        assertThat(gate("idle", shared, limit).check(ledger(before).usage())).isEmpty();
    }

    @Test
    void waitsNoLongerThanItsTestRuns() throws Exception {
        BudgetGate gate = new BudgetGate(
                "test",
                "test",
                new Budget(List.of(hard(Metric.TOKENS, "1000")), BudgetPolicy.DEFAULT),
                List.of(),
                null,
                Usages.PRICES,
                new BudgetGate.Shared(lock, Duration.ofMinutes(5), OtherJvms.NONE));
        gate.enter(Request.of(100));
        Thread waiting = new Thread(() -> assertRefused(gate, Request.of(950), "calls that still run"));
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        gate.close();

        waiting.join(20_000);
        assertThat(waiting.isAlive()).isFalse();
        assertThat(gate.openPassages()).isZero();
    }

    @Test
    void refusesModelsThatAreNotAllowed() throws CallRefusedException {
        BudgetGate gate = new BudgetGate(
                "test",
                "test",
                new Budget(List.of(), BudgetPolicy.DEFAULT),
                List.of(),
                new AllowedModelNames(List.of("gpt-4o", "o3*"), Set.of(Role.SUBJECT), "@AllowedModels", Usages.PLACE),
                Usages.PRICES,
                new BudgetGate.Shared(lock, PATIENCE, OtherJvms.NONE));

        for (String model : new String[] {"gpt-4o", "GPT-4o-2024-08-06", "o3-mini", "o3"}) {
            gate.enter(new Request(model, 1, OptionalLong.empty(), Role.SUBJECT));
        }
        gate.enter(new Request("gpt-5", 1, OptionalLong.empty(), Role.JUDGE));
        assertRefused(gate, new Request("gpt-4o-mini", 1, OptionalLong.empty(), Role.SUBJECT), "is none of");
        assertThat(gate.refusedModels()).containsExactly("gpt-4o-mini");
    }

    /** Whatever is asked for and however it ends, what passes stays within the limit, and nothing stays set aside. */
    @Property(tries = 400)
    void neverLetsMoreThroughThanTheLimit(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 400) Integer> inputs,
            @ForAll @IntRange(min = 0, max = 2_000) int max)
            throws CallRefusedException {
        BudgetGate gate = gate(hard(Metric.TOKENS, Integer.toString(max)));
        UsageLedger ledger = ledger(gate);
        List<Passage> open = new ArrayList<>();
        for (int input : inputs) {
            Request request = Request.of(input).upTo(input % 7 * 10L);
            try {
                Passage passage = gate.enter(request);
                open.add(passage);
                long output =
                        Math.min(passage.allowedOutput(), request.outputLimit().orElseThrow());
                if (input % 3 == 0) {
                    ledger.record(answered(request, output));
                    gate.settle(passage);
                }
            } catch (CallRefusedException refused) {
                open.forEach(gate::settle);
                open.clear();
            }
        }
        open.forEach(gate::settle);

        assertThat(ledger.usage().totalTokens()).isLessThanOrEqualTo(max);
        assertThat(gate.openPassages()).isZero();
    }
}
