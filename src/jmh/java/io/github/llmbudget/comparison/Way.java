package io.github.llmbudget.comparison;

import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/**
 * How a client comes to an answer.
 *
 * @param client the client, which is closed with the way
 * @param rootUrl where it sends its requests to, without the path of the operation
 */
record Way(OkHttpClient client, String rootUrl) implements AutoCloseable {

    /** A way for a new client. */
    static Way to(String rootUrl, Interceptor... interceptors) {
        OkHttpClient.Builder client = new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(1));
        for (Interceptor interceptor : interceptors) {
            client.addInterceptor(interceptor);
        }
        return new Way(client.build(), rootUrl);
    }

    String url() {
        return rootUrl + Payload.PATH;
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
