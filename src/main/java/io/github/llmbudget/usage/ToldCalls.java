package io.github.llmbudget.usage;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a client tells of. Some of them pass the endpoint too, which sees more of them and records them itself:
 * these are found here by what was seen while the client was at it, and are not recorded a second time. Each exchange
 * that was seen stands for one call that was told of.
 *
 * <p>Used under the lock of the ledger.
 */
final class ToldCalls {

    /** Those that are not over, and those that may be what is still being seen. */
    private final Set<Told> undecided = new LinkedHashSet<>();

    /** An exchange that is none of those that clients tell of. */
    private final Sighting ofNone = new Sighting();

    /**
     * Begins a call.
     *
     * @param recorder takes the call if nobody else has seen it
     * @param unfinished describes the call in case it never ends
     */
    Told begin(Consumer<LlmCall> recorder, Supplier<LlmCall> unfinished) {
        Told told = new Told(recorder, unfinished);
        undecided.add(told);
        return told;
    }

    /** Notes that an exchange begins, which may be that of any call that runs. */
    Sighting sight() {
        if (undecided.isEmpty()) {
            return ofNone;
        }
        Sighting sighting = new Sighting();
        undecided.stream().filter(Told::isOpen).forEach(told -> told.sightings.add(sighting));
        return sighting;
    }

    /** Tells whether nothing need be waited for: nobody hears the end of a stream that the client breaks off. */
    boolean areOver() {
        Set<Sighting> taken = new HashSet<>();
        return undecided.stream().allMatch(told -> told.isOver(taken));
    }

    /** Ends what nobody has told the end of. All that is seen must have ended before. */
    void giveUp() {
        List.copyOf(undecided).stream().filter(Told::isOpen).forEach(told -> told.end(told.unfinished.get()));
    }

    /** A call that a client tells of. */
    final class Told {

        private final Consumer<LlmCall> recorder;
        private final Supplier<LlmCall> unfinished;
        private final List<Sighting> sightings = new ArrayList<>();
        private @Nullable LlmCall call;

        private Told(Consumer<LlmCall> recorder, Supplier<LlmCall> unfinished) {
            this.recorder = recorder;
            this.unfinished = unfinished;
        }

        /** Ends the call. Only the first end counts. */
        void end(LlmCall ended) {
            if (call == null) {
                call = ended;
                decide(ended);
            }
        }

        private void decide(LlmCall told) {
            Optional<Sighting> same = seen(told);
            if (same.isPresent()) {
                undecided.remove(this);
                same.get().standFor(this);
            } else if (sightings.stream().noneMatch(Sighting::isOpen)) {
                undecided.remove(this);
                recorder.accept(told);
            }
        }

        private Optional<Sighting> seen(LlmCall told) {
            return sightings.stream()
                    .filter(sighting -> sighting.isSurely(told))
                    .findFirst()
                    .or(() -> sightings.stream()
                            .filter(sighting -> sighting.isLike(told))
                            .findFirst());
        }

        private boolean isOpen() {
            return call == null;
        }

        private boolean isOver(Set<Sighting> taken) {
            if (!isOpen() || sightings.stream().noneMatch(Sighting::hasAnswered)) {
                return false;
            }
            LlmCall asked = unfinished.get();
            return sightings.stream()
                    .anyMatch(sighting -> sighting.hasAnswered() && sighting.isLike(asked) && taken.add(sighting));
        }
    }

    /** An exchange that was seen. */
    final class Sighting {

        private @Nullable LlmCall call;
        private @Nullable Told told;

        private Sighting() {}

        /** Notes what the exchange was. */
        void end(LlmCall seen) {
            if (this == ofNone) {
                return;
            }
            call = seen;
            for (Told waiting : List.copyOf(undecided)) {
                if (waiting.call != null && waiting.sightings.contains(this)) {
                    waiting.decide(waiting.call);
                }
            }
        }

        /** Takes a call for its own. If it had taken another for its likeness, that is looked at again. */
        private void standFor(Told own) {
            Told other = told;
            told = own;
            if (other != null && other.call != null) {
                undecided.add(other);
                other.decide(other.call);
            }
        }

        private boolean isOpen() {
            return call == null;
        }

        private boolean hasAnswered() {
            return call != null && call.status() != CallStatus.FAILED && told == null;
        }

        private boolean isSurely(LlmCall other) {
            boolean isTaken = told != null && told.call != null && hasAnswerOf(told.call);
            return !isTaken && hasAnswerOf(other);
        }

        /** Servers made for tests may give every answer the same id. */
        private boolean hasAnswerOf(LlmCall other) {
            return call != null
                    && call.responseId() != null
                    && call.responseId().equals(other.responseId())
                    && (call.countSource() != other.countSource()
                            || (call.tokens().input() == other.tokens().input()
                                    && call.tokens().output() == other.tokens().output()));
        }

        /** Where the id of the answer does not tell, what was asked for and how it ended must do. */
        private boolean isLike(LlmCall other) {
            return call != null
                    && told == null
                    && isEmbedding(call) == isEmbedding(other)
                    && isUnknownOrEqual(call.requestedModel(), other.requestedModel())
                    && isUnknownOrEqual(call.responseId(), other.responseId())
                    && endedLike(call, other);
        }

        private static boolean isEmbedding(LlmCall call) {
            return call.operation() == Operation.EMBEDDINGS;
        }

        private static boolean isUnknownOrEqual(@Nullable String one, @Nullable String other) {
            return one == null || other == null || Objects.equals(one, other);
        }

        /** A client that gave up tells no status, whatever the service made of it. */
        private static boolean endedLike(LlmCall seen, LlmCall told) {
            return switch (told.status()) {
                case COMPLETE -> seen.status() == CallStatus.COMPLETE;
                case FAILED ->
                    told.httpStatus() == 0 || seen.httpStatus() == 0 || seen.httpStatus() == told.httpStatus();
                case CUT, UNFINISHED -> true;
            };
        }
    }
}
