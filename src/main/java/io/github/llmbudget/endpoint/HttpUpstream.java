package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Forwards to the real service. */
final class HttpUpstream implements Upstream {

    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String HIDDEN = "X-LlmBudget-Retry-After";
    private static final String NOW = "0";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    private final OkHttpClient client;
    private final UpstreamTarget target;
    private final String host;
    private final KeySwap keys;
    private final Set<Call> running = ConcurrentHashMap.newKeySet();

    HttpUpstream(OkHttpClient client, UpstreamTarget target, String placeholderKey) {
        this.client = client;
        this.target = target;
        this.host = target.host();
        this.keys = new KeySwap(placeholderKey, target.apiKey());
    }

    /** Creates the client of a server: one request is one attempt, and answers come as the service sends them. */
    static OkHttpClient newClient() {
        return new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .proxySelector(BypassWatch.unwatched())
                .socketFactory(new ServiceSockets())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .addNetworkInterceptor(HttpUpstream::hideInvitation)
                .build();
    }

    /** Keeps the client from repeating a request by itself, as it does when the service says "now": that is a call. */
    private static Response hideInvitation(Interceptor.Chain chain) throws IOException {
        Connected connected = chain.request().tag(Connected.class);
        Connection connection = chain.connection();
        if (connected != null && connection != null) {
            connected.by(connection);
        }
        Response answer = chain.proceed(chain.request());
        return answer.code() == UNAVAILABLE && NOW.equals(answer.header(RETRY_AFTER))
                ? answer.newBuilder()
                        .removeHeader(RETRY_AFTER)
                        .header(HIDDEN, NOW)
                        .build()
                : answer;
    }

    @Override
    public Sending prepare(HttpExchange.Request request) {
        return new SentCall(request);
    }

    private Call newCall(HttpExchange.Request request, Connected connected) {
        HttpExchange.Request sent = keys.toService(request);
        Headers.Builder headers = new Headers.Builder();
        // Not checked: the message about a character that is not allowed would show the value, which may be a key.
        HopHeaders.without(sent.headers()).stream()
                .filter(header -> !header.is(LlmEndpoint.TEST_HEADER))
                .forEach(header -> headers.addUnsafeNonAscii(header.name(), header.value()));
        // The filter that hides the usage chunk reads plain events.
        headers.set("Accept-Encoding", "identity");
        boolean bodiless = sent.method().equals("GET") || sent.method().equals("HEAD");
        return client.newCall(new Request.Builder()
                .tag(Connected.class, connected)
                .url(target.url(sent.path()))
                .headers(headers.build())
                .method(sent.method(), bodiless ? null : RequestBody.create(sent.body(), null))
                .build());
    }

    private final class SentCall implements Sending {

        private final Connected connected = new Connected();
        private final Call call;

        SentCall(HttpExchange.Request request) {
            this.call = newCall(request, connected);
        }

        @Override
        public Answer await() throws IOException {
            running.add(call);
            try {
                return new Forwarded(call, call.execute(), connected);
            } catch (IOException e) {
                running.remove(call);
                throw e;
            }
        }

        @Override
        public void breakOff() {
            call.cancel();
        }
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public void close() {
        running.forEach(Call::cancel);
    }

    /** The answer of the real service, read as it comes. */
    private final class Forwarded implements Answer {

        private final Call call;
        private final Response response;
        private final HttpExchange.Response head;
        private final InputStream body;
        private final WaitingRead waits;
        private boolean ended;

        Forwarded(Call call, Response response, Connected connected) {
            this.call = call;
            this.response = response;
            List<HttpExchange.Header> headers = new ArrayList<>();
            response.headers()
                    .forEach(pair -> headers.add(new HttpExchange.Header(
                            pair.getFirst().equals(HIDDEN) ? RETRY_AFTER : pair.getFirst(), pair.getSecond())));
            this.head = new HttpExchange.Response(response.code(), keys.toClient(HopHeaders.without(headers)));
            this.waits = connected.reads(response.protocol());
            InputStream bytes = response.body().byteStream();
            this.body = response.isSuccessful() ? bytes : keys.toClient(bytes);
        }

        @Override
        public HttpExchange.Response head() {
            return head;
        }

        /** A message about an error may name a key, in whose place another one is put. */
        @Override
        public long length() {
            return response.isSuccessful() ? response.body().contentLength() : UNKNOWN_LENGTH;
        }

        @Override
        public int read(byte[] buffer, int offset, Runnable beforeWaiting) throws IOException {
            int length = waits.read(body, buffer, offset, beforeWaiting);
            ended = length < 0;
            return length;
        }

        @Override
        public void breakOff() {
            call.cancel();
        }

        /** What is not wanted any more is broken off: the client would read on for a while, and the service write on. */
        @Override
        public void close() {
            running.remove(call);
            if (!ended) {
                breakOff();
            }
            response.close();
        }
    }
}
