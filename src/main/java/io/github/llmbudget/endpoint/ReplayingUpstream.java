package io.github.llmbudget.endpoint;

import io.github.llmbudget.cassette.Playback;
import io.github.llmbudget.cassette.RecordedAnswer;
import io.github.llmbudget.cassette.RecordedExchange;
import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays a service from a cassette: the same bytes, in the same pieces. */
final class ReplayingUpstream implements Upstream {

    private final Playback playback;
    private final @Nullable String host;
    private final boolean recordedTiming;
    private final Pause pause = new Pause();

    /**
     * Creates the player of a cassette.
     *
     * @param playback finds the answers
     * @param host the host of the service that was recorded
     * @param recordedTiming whether the pieces come when they came, and not at once
     */
    ReplayingUpstream(Playback playback, @Nullable String host, boolean recordedTiming) {
        this.playback = playback;
        this.host = host;
        this.recordedTiming = recordedTiming;
    }

    @Override
    public @Nullable String host() {
        return host;
    }

    @Override
    public Sending prepare(HttpExchange.Request request) {
        return new Sending() {
            @Override
            public Answer await() {
                Optional<RecordedExchange> recorded = playback.take(request);
                return recorded.isPresent()
                        ? answer(recorded.get())
                        : ErrorAnswers.notRecorded(new LlmRequest(request).toString());
            }

            @Override
            public void breakOff() {
                // The head of a recorded answer is there at once.
            }
        };
    }

    private Answer answer(RecordedExchange exchange) {
        RecordedAnswer answer = exchange.answer();
        List<PreparedAnswer.Piece> pieces = new ArrayList<>();
        Duration before = Duration.ZERO;
        for (RecordedAnswer.Chunk chunk : answer.chunks()) {
            Duration wait = recordedTiming ? chunk.at().minus(before) : Duration.ZERO;
            pieces.add(new PreparedAnswer.Piece(wait, chunk.bytes()));
            before = chunk.at();
        }
        return new PreparedAnswer(answer.head(), pieces, answer.cut(), exchange.begun(), pause);
    }

    @Override
    public void close() {
        pause.close();
    }
}
