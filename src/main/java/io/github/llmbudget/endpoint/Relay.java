package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.Passage;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.wire.ResponseFilter;
import java.io.IOException;
import java.util.Optional;
import mockwebserver3.SocketHandler;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Socket;

/**
 * Hands the body of one answer to the client as it comes, in chunks. The call is recorded before the bytes that end it
 * are handed on, so that a client who has its answer finds its usage recorded.
 */
final class Relay implements SocketHandler {

    private static final int BUFFER_SIZE = 8192;
    private static final String END_OF_LINE = "\r\n";

    private final Answer answer;
    private final ResponseFilter filter;
    private final CallWatch watch;
    private final Optional<BoundedStream> bounded;
    private final Runnable settle;
    private final ClientPresence presence;
    private boolean begun;

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

    @Override
    public void handle(Socket socket) {
        begun = true;
        Client client = new Client(Okio.buffer(socket.getSink()));
        relay(client);
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
            byte[] buffer = new byte[BUFFER_SIZE];
            int length = read(buffer, client);
            while (length >= 0) {
                pass(buffer, length, client);
                length = isCut() ? -1 : read(buffer, client);
            }
            finish(client);
        } catch (IOException upstreamBroke) {
            // The client must see a broken connection as well, and not a short answer that looks whole.
            watch.ended(CallStatus.CUT);
            client.gone = true;
        } catch (RuntimeException | LinkageError e) {
            watch.failed(e);
            client.gone = true;
        }
    }

    private void pass(byte[] buffer, int length, Client client) throws IOException {
        if (bounded.isPresent()) {
            bounded.get().accept(buffer, length, client::pass);
        } else {
            watch.passed(buffer, 0, length);
            client.pass(buffer, 0, length);
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
            bounded.get().lastWords().ifPresentOrElse(client::finish, () -> client.gone = true);
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
        begun = true;
        presence.close();
        answer.close();
        watch.ended(CallStatus.COMPLETE);
    }

    /** Ends an exchange whose client left before the head was written: the answer is read if it is whole already. */
    void clientGone() {
        if (begun) {
            return;
        }
        begun = true;
        Client gone = new Client(new Buffer());
        gone.gone = true;
        relay(gone);
    }

    /** Reads on when the client is gone only where it costs nothing more: an answer that is whole already. */
    private int read(byte[] buffer, Client client) throws IOException {
        return client.gone && isStream() ? -1 : answer.read(buffer);
    }

    private boolean isStream() {
        return BoundedStream.isInEvents(answer.head());
    }

    /** The client's side of the exchange. Once it is gone, nothing more is written. */
    private final class Client {

        private final BufferedSink sink;
        private boolean gone;

        Client(BufferedSink sink) {
            this.sink = sink;
        }

        void pass(byte[] bytes, int offset, int length) {
            write(() -> filter.accept(bytes, offset, length, this::chunk));
        }

        void finish(byte[] lastWords) {
            write(() -> {
                filter.finish(this::chunk);
                chunk(lastWords, 0, lastWords.length);
                sink.writeUtf8("0" + END_OF_LINE + END_OF_LINE);
            });
        }

        private void chunk(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                sink.writeHexadecimalUnsignedLong(length).writeUtf8(END_OF_LINE);
                sink.write(bytes, offset, length).writeUtf8(END_OF_LINE);
            }
        }

        private void write(Writing writing) {
            if (gone) {
                return;
            }
            try {
                writing.run();
                sink.flush();
            } catch (IOException clientLeft) {
                // Not a failure of ours: the call is recorded as far as it went.
                gone = true;
            }
        }
    }

    @FunctionalInterface
    private interface Writing {

        void run() throws IOException;
    }
}
