package io.github.llmbudget.endpoint;

import io.github.llmbudget.token.TokenCounter;
import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns what a scripted reply says into the answer that comes to the client, in its time once it has begun, and with what
 * goes wrong.
 *
 * @param delivery how it comes
 * @param model the model that answers
 * @param headers what is sent with it
 * @param pause lets it wait
 */
record ScriptedDelivery(Delivery delivery, String model, List<HttpExchange.Header> headers, Pause pause) {

    private static final int OK = 200;
    private static final TokenCounter TOKENS = new TokenCounter();

    /** Longer than anybody waits. */
    private static final Duration FOR_EVER = Duration.ofDays(1);

    /** Returns an answer that is not streamed; what goes wrong does so half-way. */
    Answer whole(byte[] body) {
        boolean isHalf = delivery.fault() != Delivery.Fault.NONE;
        List<PreparedAnswer.Piece> pieces = new ArrayList<>();
        byte[] sent = isHalf ? Arrays.copyOf(body, body.length / 2) : body;
        pieces.add(new PreparedAnswer.Piece(Duration.ZERO, sent));
        return end("application/json", pieces, isHalf);
    }

    /** Returns a stream of events. */
    Answer streamed(List<StreamEvent> events) {
        List<PreparedAnswer.Piece> pieces = new ArrayList<>();
        int generated = 0;
        int faultAt = delivery.fault() == Delivery.Fault.NONE ? -1 : faultAt(events);
        for (StreamEvent event : events) {
            boolean isFault = pieces.size() == faultAt;
            if (isFault && delivery.fault() != Delivery.Fault.MALFORMED) {
                return end("text/event-stream", pieces, true);
            }
            pieces.add(PreparedAnswer.Piece.of(wait(event, generated), (isFault ? event.broken() : event).render()));
            generated += event.generated() == null ? 0 : 1;
        }
        return end("text/event-stream", pieces, false);
    }

    /** Finds the event that something goes wrong with: behind so many chunks, or behind the last one if there are fewer. */
    private int faultAt(List<StreamEvent> events) {
        int generated = 0;
        int last = 0;
        for (int at = 0; at < events.size(); at++) {
            boolean isGenerated = events.get(at).generated() != null;
            if (generated == delivery.faultAfter() && (generated > 0 || isGenerated)) {
                return at;
            }
            if (isGenerated) {
                generated++;
                last = at;
            }
        }
        return last + 1;
    }

    private Duration wait(StreamEvent event, int before) {
        if (event.generated() == null) {
            return Duration.ZERO;
        }
        Duration wait = before == 0 ? delivery.toFirstToken() : delivery.betweenChunks();
        return delivery.perToken().isZero()
                ? wait
                : wait.plus(delivery.perToken().multipliedBy(TOKENS.ofText(event.generated(), model)));
    }

    private Answer end(String contentType, List<PreparedAnswer.Piece> pieces, boolean isFault) {
        boolean stalls = isFault && delivery.fault() == Delivery.Fault.STALL;
        boolean cut = stalls || (isFault && delivery.fault() == Delivery.Fault.CUT);
        if (stalls) {
            pieces.add(PreparedAnswer.Piece.of(FOR_EVER, ""));
        }
        return new PreparedAnswer(OK, contentType, pieces, cut, headers, pause);
    }
}
