package io.github.llmbudget.endpoint;

import java.time.Duration;

/**
 * How an answer comes to the client.
 *
 * @param toFirstByte how long it waits for the head of the answer
 * @param toFirstToken how long it then waits for the first chunk of what the model generates
 * @param betweenChunks how long it waits between two chunks
 * @param perToken how long it waits for each token of a chunk
 * @param fault what goes wrong on the way
 * @param faultAfter how many chunks come before
 */
record Delivery(
        Duration toFirstByte,
        Duration toFirstToken,
        Duration betweenChunks,
        Duration perToken,
        Fault fault,
        int faultAfter) {

    /** What may go wrong while an answer is on its way. */
    enum Fault {
        NONE,
        /** The connection breaks. */
        CUT,
        /** Nothing more comes, and the connection stays open. */
        STALL,
        /** A chunk is no JSON. */
        MALFORMED
    }

    /** Everything at once. */
    static final Delivery AT_ONCE =
            new Delivery(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Fault.NONE, 0);

    Delivery toFirstByte(Duration time) {
        return new Delivery(time, toFirstToken, betweenChunks, perToken, fault, faultAfter);
    }

    Delivery toFirstToken(Duration time) {
        return new Delivery(toFirstByte, time, betweenChunks, perToken, fault, faultAfter);
    }

    Delivery betweenChunks(Duration time) {
        return new Delivery(toFirstByte, toFirstToken, time, perToken, fault, faultAfter);
    }

    Delivery perToken(Duration time) {
        return new Delivery(toFirstByte, toFirstToken, betweenChunks, time, fault, faultAfter);
    }

    Delivery fault(Fault kind, int after) {
        return new Delivery(toFirstByte, toFirstToken, betweenChunks, perToken, kind, after);
    }
}
