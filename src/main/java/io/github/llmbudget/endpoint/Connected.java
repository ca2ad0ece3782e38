package io.github.llmbudget.endpoint;

import java.net.Proxy;
import okhttp3.Protocol;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** How a call is connected to the real service. Used by the thread that makes it. */
final class Connected {

    private @Nullable Route route;

    void by(Route taken) {
        route = taken;
    }

    /** Tells how to read an answer. Through a SOCKS proxy the client takes sockets of its own, which say nothing. */
    WaitingRead reads(Protocol protocol) {
        boolean isOurs = route != null && route.proxy().type() != Proxy.Type.SOCKS;
        return isOurs && (protocol == Protocol.HTTP_1_1 || protocol == Protocol.HTTP_1_0)
                ? WaitingRead.BY_SOCKET
                : WaitingRead.EACH_TIME;
    }
}
