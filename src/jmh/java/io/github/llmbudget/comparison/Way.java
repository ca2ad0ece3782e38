package io.github.llmbudget.comparison;

import io.github.llmbudget.usage.TokenUsage;
import java.io.IOException;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * How one comes to an answer.
 *
 * @param client who asks
 * @param rootUrl where it sends its requests to, without the path of the operation
 * @param usage what the library saw of the calls, {@code null} where it takes no part
 */
record Way(OkHttpClient client, String rootUrl, @Nullable TokenUsage usage) implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");

    /** Returns a client to be set up further. */
    static OkHttpClient.Builder newClient() {
        return new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(1));
    }

    /** Sends a request and returns the answer, which is not read yet. */
    Response send(String body) throws IOException {
        Response response = client.newCall(new Request.Builder()
                        .url(rootUrl + Payload.PATH)
                        .post(RequestBody.create(body, JSON))
                        .build())
                .execute();
        if (response.code() != 200) {
            try (response) {
                throw new IOException(
                        "Status " + response.code() + ": " + response.body().string());
            }
        }
        return response;
    }

    /** Sends a request and reads the whole answer. */
    void call(String body) throws IOException {
        try (Response response = send(body)) {
            response.body().bytes();
        }
    }

    /** Makes sure that all was done for so many calls; who does only a part of the work is out of the contest. */
    void requireDone(int calls) {
        if (usage != null
                && (usage.calls().size() != calls
                        || usage.cost().usd().signum() <= 0
                        || !usage.cost().isComplete())) {
            throw new IllegalStateException(calls + " calls were made, but this is what was seen of them: " + usage);
        }
    }

    /** Gives up the client's connections and threads. */
    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
