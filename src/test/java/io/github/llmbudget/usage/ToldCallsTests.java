package io.github.llmbudget.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToldCallsTests {

    private static final LlmCall FAILED =
            LlmCall.of(Operation.CHAT, "m").status(CallStatus.FAILED, 0).build();

    private final List<LlmCall> recorded = new ArrayList<>();
    private final ToldCalls calls = new ToldCalls();

    @Test
    void recordsWhatNobodyElseSaw() {
        LlmCall call = answered("a", 1);

        begin().end(call);

        assertThat(recorded).containsExactly(call);
    }

    @Test
    void leavesWhatWasSeenWhicheverEndsFirst() {
        ToldCalls.Told first = begin();
        ToldCalls.Sighting seen = calls.sight();
        seen.end(answered("a", 1));
        first.end(answered("a", 1));
        ToldCalls.Told second = begin();
        ToldCalls.Sighting late = calls.sight();
        second.end(answered("b", 1));
        late.end(answered("b", 1));

        assertThat(recorded).isEmpty();
        assertThat(calls.areOver()).isTrue();
    }

    @Test
    void recordsACallWhileAnotherIsSeen() {
        ToldCalls.Told told = begin();
        ToldCalls.Sighting seen = calls.sight();
        told.end(answered("a", 1));
        seen.end(answered("b", 1));

        assertThat(recorded).containsExactly(answered("a", 1));
    }

    @Test
    void recordsACallThatBeganAfterWhatIsSeen() {
        ToldCalls.Sighting seen = calls.sight();
        ToldCalls.Told told = begin();
        told.end(FAILED);
        seen.end(FAILED);

        assertThat(recorded).containsExactly(FAILED);
    }

    @Test
    void takesALikenessBackWhenItsOwnerComes() {
        ToldCalls.Told failed = begin();
        ToldCalls.Told answered = begin();
        calls.sight().end(answered("a", 1));
        failed.end(FAILED);
        answered.end(answered("a", 1));

        assertThat(recorded).containsExactly(FAILED);
    }

    @Test
    void doesNotTrustAnIdThatEveryAnswerHas() {
        ToldCalls.Told unseen = begin();
        ToldCalls.Told seen = begin();
        calls.sight().end(answered("same", 1));
        unseen.end(answered("same", 2));
        seen.end(answered("same", 1));

        assertThat(recorded).containsExactly(answered("same", 2));
    }

    @Test
    void letsAnExchangeStandForOneCallOnly() {
        ToldCalls.Told first = begin();
        ToldCalls.Told second = begin();
        calls.sight().end(answered(null, 1));
        first.end(answered(null, 1));
        second.end(answered(null, 1));

        assertThat(recorded).hasSize(1);
    }

    @Test
    void asksForTheSameModelAndKindOfCall() {
        ToldCalls.Told told = begin();
        calls.sight().end(LlmCall.of(Operation.EMBEDDINGS, "m").build());
        calls.sight().end(LlmCall.of(Operation.CHAT, "other").build());
        told.end(answered(null, 1));

        assertThat(recorded).hasSize(1);
    }

    @Test
    void waitsForNoEndOfWhatWasSeenToItsEnd() {
        begin();
        assertThat(calls.areOver()).isFalse();
        calls.sight().end(answered("a", 1));
        assertThat(calls.areOver()).isTrue();
        begin();
        assertThat(calls.areOver()).isFalse();

        calls.giveUp();

        assertThat(recorded).extracting(LlmCall::status).containsExactly(CallStatus.UNFINISHED);
    }

    @Test
    void waitsOnWhenSomethingElseWasSeen() {
        begin();
        calls.sight().end(LlmCall.of(Operation.EMBEDDINGS, "m").build());

        assertThat(calls.areOver()).isFalse();
    }

    private ToldCalls.Told begin() {
        return calls.begin(
                recorded::add,
                () -> LlmCall.of(Operation.CHAT, "m")
                        .status(CallStatus.UNFINISHED, 0)
                        .build());
    }

    private static LlmCall answered(@Nullable String id, long input) {
        return LlmCall.of(Operation.CHAT, "m")
                .tokens(TokenCounts.of(input, 1), CountSource.REPORTED)
                .responseId(id)
                .build();
    }
}
