package io.github.llmbudget.endpoint;

import java.net.Proxy;
import java.net.SocketException;
import okhttp3.Connection;
import okhttp3.Protocol;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * How a call is connected to the real service: through a SOCKS proxy the client takes sockets of its own, which keep no time
 * limit of themselves. Used by the thread that makes it.
 */
final class Connected {

    private @Nullable Route route;

    void by(Connection taken) throws SocketException {
        route = taken.route();
        if (isThroughSocks(route)) {
            taken.socket().setSoTimeout(ServiceSockets.LONGEST_SILENCE_MILLIS);
        }
    }

    private static boolean isThroughSocks(Route route) {
        return route.proxy().type() == Proxy.Type.SOCKS;
    }

    /** Tells how to read an answer. The sockets of the client's own do not say when they wait. */
    WaitingRead reads(Protocol protocol) {
        boolean isOurs = route != null && !isThroughSocks(route);
        return isOurs && (protocol == Protocol.HTTP_1_1 || protocol == Protocol.HTTP_1_0)
                ? WaitingRead.BY_SOCKET
                : WaitingRead.EACH_TIME;
    }
}
