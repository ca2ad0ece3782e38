package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Passage;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.wire.ByteSink;
import io.github.llmbudget.wire.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes a stream apart into its events, so that it can be cut between two of them. An event is handed on when it is whole
 * and the output that came with it is still within what a hard limit allows.
 */
final class BoundedStream {

    /** How the events of a stream are told apart. */
    private enum Framing {
        /** By an empty line. */
        EVENTS,
        /** Each is a line. */
        LINES,
        /** Not at all, for they are packed: what comes at once is an event, and the end is a broken connection. */
        PACKED
    }

    private final Framing framing;
    private final CallWatch watch;
    private final Passage passage;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean lineIsEmpty = true;
    private boolean afterCarriageReturn;
    private long output;
    private long uncounted;
    private boolean cut;

    private BoundedStream(Framing framing, CallWatch watch, Passage passage) {
        this.framing = framing;
        this.watch = watch;
        this.passage = passage;
    }

    /** Bounds an answer, if it is bounded and comes in events: of any other nothing is spared by cutting it. */
    static Optional<BoundedStream> of(HttpExchange.Response head, CallWatch watch, Passage passage) {
        if (!passage.isBounded()) {
            return Optional.empty();
        }
        return head.header("Content-Type")
                .flatMap(BoundedStream::framing)
                .map(framing -> new BoundedStream(head.isPacked() ? Framing.PACKED : framing, watch, passage));
    }

    /** Tells whether an answer comes in events, as the service writes it. */
    static boolean isInEvents(HttpExchange.Response head) {
        return head.header("Content-Type").flatMap(BoundedStream::framing).isPresent();
    }

    private static Optional<Framing> framing(String contentType) {
        if (contentType.startsWith("text/event-stream")) {
            return Optional.of(Framing.EVENTS);
        }
        return contentType.startsWith("application/x-ndjson") || contentType.startsWith("application/jsonl")
                ? Optional.of(Framing.LINES)
                : Optional.empty();
    }

    /** Takes the next bytes, and hands on what is whole and within the bound. */
    void accept(byte[] bytes, int offset, int length, ByteSink client) {
        if (framing == Framing.PACKED) {
            held.write(bytes, offset, length);
            handOn(client);
            return;
        }
        int from = offset;
        int to = offset + length;
        for (int at = offset; at < to && !cut; at++) {
            if (endsEvent(bytes[at])) {
                boolean carriesOn = bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n';
                int end = carriesOn ? at + 2 : at + 1;
                held.write(bytes, from, end - from);
                from = end;
                handOn(client);
            }
        }
        if (!cut) {
            held.write(bytes, from, to - from);
        }
    }

    private boolean endsEvent(byte next) {
        boolean secondHalf = next == '\n' && afterCarriageReturn;
        afterCarriageReturn = next == '\r';
        if (secondHalf) {
            return false;
        }
        if (next != '\n' && next != '\r') {
            lineIsEmpty = false;
            return false;
        }
        boolean ends = framing == Framing.LINES || lineIsEmpty;
        lineIsEmpty = true;
        return ends;
    }

    private void handOn(ByteSink client) {
        byte[] event = held.toByteArray();
        held.reset();
        watch.passed(event, 0, event.length);
        if (isBeyond(event.length)) {
            cut = true;
            passage.cut(output);
        } else {
            client.accept(event, 0, event.length);
        }
    }

    /** Counts only where it may matter: no byte has more than one token. */
    private boolean isBeyond(int bytes) {
        uncounted += bytes;
        if (output + uncounted > passage.allowedOutput()) {
            output = watch.outputSoFar();
            uncounted = 0;
        }
        return output > passage.allowedOutput();
    }

    /** Hands on what is left of a stream that ends within an event. */
    void finish(ByteSink client) {
        if (!cut && held.size() > 0) {
            handOn(client);
        }
    }

    boolean isCut() {
        return cut;
    }

    /** Returns what ends a stream that was cut, in place of its own last words; empty if nothing can be added to it. */
    Optional<byte[]> lastWords() {
        return switch (framing) {
            case EVENTS -> Optional.of(bytes(ErrorAnswers.cutEvent(passage.operation())));
            case LINES -> Optional.of(bytes(ErrorAnswers.cutLine()));
            case PACKED -> Optional.empty();
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
