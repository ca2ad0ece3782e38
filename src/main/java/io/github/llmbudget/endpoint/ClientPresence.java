package io.github.llmbudget.endpoint;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the client of an exchange still waits for its answer. Whoever writes to a client that is gone is told, but
 * while the service is silent nobody writes. Safe for use by the thread of the exchange and the one that looks.
 */
final class ClientPresence implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Set<ClientPresence> WATCHED = ConcurrentHashMap.newKeySet();

    /** Started with the first exchange. One thread looks after all, and after none that is over before it looks twice. */
    private static final class Lookout {

        static {
            Thread thread = new Thread(Lookout::lookAgainAndAgain, "llm-budget lookout");
            thread.setDaemon(true);
            thread.start();
        }

        static void start() {
            // The class has been initialised by now.
        }

        private static void lookAgainAndAgain() {
            try {
                while (true) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                    WATCHED.forEach(ClientPresence::look);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Nobody does that; the clients are not looked after any more.
            }
        }
    }

    private final @Nullable ClientConnection connection;
    private volatile Runnable whenGone = () -> {};
    private volatile boolean gone;
    private boolean seen;

    private ClientPresence(@Nullable ClientConnection connection) {
        this.connection = connection;
    }

    /** Watches the client that this thread serves, until it is closed. */
    static ClientPresence watch() {
        ClientPresence presence = new ClientPresence(ClientConnection.served());
        Lookout.start();
        WATCHED.add(presence);
        return presence;
    }

    /** Returns the presence of a client that nobody looks after. */
    static ClientPresence unwatched() {
        return new ClientPresence(null);
    }

    boolean isGone() {
        return gone;
    }

    /** Says what to do once the client is gone, in place of what was said before. It is run on another thread. */
    void whenGone(Runnable action) {
        whenGone = action;
        if (gone) {
            action.run();
        }
    }

    private void look() {
        if (!seen) {
            seen = true;
            return;
        }
        if (!gone && connection != null && connection.isClosedByClient()) {
            gone = true;
            try {
                whenGone.run();
            } catch (RuntimeException e) {
                System.getLogger(ClientPresence.class.getName())
                        .log(System.Logger.Level.WARNING, "A call goes on though its client is gone: " + e, e);
            }
        }
    }

    @Override
    public void close() {
        WATCHED.remove(this);
    }
}
