package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Passage;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.wire.ResponseFilter;
import java.io.IOException;
import java.util.Optional;
import mockwebserver3.SocketHandler;
import okio.BufferedSink;
import okio.Okio;
import okio.Socket;

/**
 * Hands the body of one answer to the client as it comes, in chunks unless its length is known. The call is recorded before the bytes that end it
 * are handed on, so that a client who has its answer finds its usage recorded.
 */
final class Relay implements SocketHandler {

    /** With less room an answer would come in crumbs. */
    private static final int LEAST_ROOM = 1024;

    /** Longer ones would be shared between the buffers of a client that is OkHttp, which cannot use such memory again. */
    private static final int LONGEST_CHUNK = 1000;

    private static final String END_OF_LINE = "\r\n";
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private final Answer answer;
    private final ResponseFilter filter;
    private final CallWatch watch;
    private final Optional<BoundedStream> bounded;
    private final Runnable settle;
    private final ClientPresence presence;

    /**
     * Creates the relay of an answer.
     *
     * @param answer the answer
     * @param filter takes out of it what the client did not ask for
     * @param watch reads the usage
     * @param passage bounds the output
     * @param settle gives back what was set aside for the call
     * @param presence tells whether the client still waits; closed with the relay
     */
    Relay(
            Answer answer,
            ResponseFilter filter,
            CallWatch watch,
            Passage passage,
            Runnable settle,
            ClientPresence presence) {
        this.answer = answer;
        this.filter = filter;
        this.watch = watch;
        this.settle = settle;
        this.presence = presence;
        this.bounded = BoundedStream.of(answer.head(), watch, passage);
    }

    /** Returns how many bytes the client gets, {@link Answer#UNKNOWN_LENGTH} if they come in chunks, of which the last ends them. */
    long length() {
        boolean whole = bounded.isEmpty() && filter == ResponseFilter.NONE && !isStream();
        return whole ? answer.length() : Answer.UNKNOWN_LENGTH;
    }

    /** Lets the head of the answer, which the server writes, leave with the body. */
    void holdHead() {
        ClientConnection.served().output().hold();
    }

    @Override
    public void handle(Socket socket) {
        Client client = new Client(Okio.buffer(socket.getSink()), ClientConnection.served());
        relay(client);
        client.letGo();
        if (client.gone) {
            socket.cancel();
        }
    }

    /** Goes on when the client leaves only where it costs nothing more: with an answer that is written already. */
    private void leave() {
        settle.run();
        if (isStream()) {
            answer.breakOff();
        } else {
            answer.hurry();
        }
    }

    private void relay(Client client) {
        presence.whenGone(this::leave);
        try (answer;
                presence) {
            try {
                readAll(client);
            } finally {
                client.takeOver();
            }
            finish(client);
        } catch (IOException upstreamBroke) {
            // The client must see a broken connection as well, and not a short answer that looks whole.
            watch.ended(CallStatus.CUT);
            client.breakOff();
        } catch (RuntimeException | LinkageError e) {
            watch.failed(e);
            client.breakOff();
        }
    }

    private void readAll(Client client) throws IOException {
        while (!isCut() && read(client) >= 0) {
            if (bounded.isPresent()) {
                client.takeOver();
            }
        }
    }

    private void finish(Client client) throws IOException {
        if (bounded.isPresent()) {
            bounded.get().finish(client::pass);
        }
        if (isCut()) {
            // Before the client hears of it: the service must not write on.
            answer.close();
            watch.ended(CallStatus.CUT);
            bounded.get().lastWords().ifPresentOrElse(client::finish, client::breakOff);
        } else {
            watch.ended(client.gone && isStream() ? CallStatus.CUT : CallStatus.COMPLETE);
            client.finish(new byte[0]);
        }
    }

    private boolean isCut() {
        return bounded.isPresent() && bounded.get().isCut();
    }

    /** Ends an exchange whose answer has no body. */
    void endWithoutBody() {
        presence.close();
        answer.close();
        watch.ended(CallStatus.COMPLETE);
    }

    /** Reads on when the client is gone only where it costs nothing more: an answer that is whole already. */
    private int read(Client client) throws IOException {
        return client.gone && isStream() ? -1 : client.readFrom(answer);
    }

    private boolean isStream() {
        return BoundedStream.isInEvents(answer.head());
    }

    /**
     * The client's side of the exchange. What it is given leaves before the next wait, and all at once. Once the client is
     * gone, nothing more is written.
     */
    private final class Client {

        private final BufferedSink sink;
        private final ClientConnection connection;
        private final ResponseFilter.Sink chunks = this::add;
        private final Runnable beforeWaiting = this::catchUp;
        private final byte[] buffer;
        private final boolean chunked = length() == Answer.UNKNOWN_LENGTH;
        private long left = length();
        private boolean gone;

        // What has come and is not taken over
        private int begin;
        private int end;

        Client(BufferedSink sink, ClientConnection connection) {
            this.sink = sink;
            this.connection = connection;
            this.buffer = connection.buffer();
        }

        int readFrom(Answer answer) throws IOException {
            if (buffer.length - end < LEAST_ROOM) {
                takeOver();
                begin = 0;
                end = 0;
            }
            int length = answer.read(buffer, end, beforeWaiting);
            end += Math.max(0, length);
            return length;
        }

        /** Reads the usage off what has come, and hands it on. */
        void takeOver() {
            int from = begin;
            begin = end;
            if (from == end) {
                return;
            }
            if (bounded.isPresent()) {
                bounded.get().accept(buffer, from, end - from, this::pass);
            } else {
                watch.passed(buffer, from, end - from);
                pass(buffer, from, end - from);
            }
        }

        private void catchUp() {
            takeOver();
            if (left != 0) {
                flush();
            }
        }

        void pass(byte[] bytes, int offset, int size) {
            if (gone) {
                return;
            }
            try {
                filter.accept(bytes, offset, size, chunks);
            } catch (IOException clientLeft) {
                leave();
            }
        }

        void flush() {
            if (gone) {
                return;
            }
            try {
                send();
            } catch (IOException clientLeft) {
                leave();
            }
        }

        void finish(byte[] lastWords) {
            if (gone) {
                return;
            }
            try {
                filter.finish(chunks);
                add(lastWords, 0, lastWords.length);
                if (chunked) {
                    sink.writeUtf8(LAST_CHUNK);
                }
                send();
            } catch (IOException clientLeft) {
                leave();
            }
        }

        void letGo() {
            try {
                connection.output().letGo();
            } catch (IOException clientLeft) {
                leave();
            }
        }

        /** Leaves the client with what it has. */
        void breakOff() {
            flush();
            leave();
        }

        /** Not a failure of ours: the call is recorded as far as it went. */
        private void leave() {
            gone = true;
        }

        private void add(byte[] bytes, int offset, int size) throws IOException {
            if (chunked) {
                addChunks(bytes, offset, size);
            } else {
                sink.write(bytes, offset, size);
                left -= size;
            }
        }

        private void addChunks(byte[] bytes, int offset, int size) throws IOException {
            int end = offset + size;
            int at = offset;
            while (at < end) {
                int length = end - at <= LONGEST_CHUNK ? end - at : toEndOfEvent(bytes, at);
                sink.writeHexadecimalUnsignedLong(length).writeUtf8(END_OF_LINE);
                sink.write(bytes, at, length).writeUtf8(END_OF_LINE);
                at += length;
            }
        }

        /** Returns how much of the longest chunk ends with an event, all of it if no event ends there. */
        private static int toEndOfEvent(byte[] bytes, int at) {
            for (int length = LONGEST_CHUNK; length > 1; length--) {
                if (bytes[at + length - 1] == '\n' && bytes[at + length - 2] == '\n') {
                    return length;
                }
            }
            return LONGEST_CHUNK;
        }

        private void send() throws IOException {
            sink.flush();
            connection.output().send();
        }
    }
}
