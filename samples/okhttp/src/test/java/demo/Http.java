package demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

/** Ways to post a request without any client library of a model service. */
enum Http {
    /** OkHttp; a stream is read line by line. */
    OKHTTP {
        @Override
        String post(String url, String apiKey, String body) throws IOException {
            try (Response response =
                    OK_HTTP.newCall(okHttpRequest(url, apiKey, body)).execute()) {
                return checked(response.code(), response.body().string());
            }
        }

        @Override
        List<String> stream(String url, String apiKey, String body) throws IOException {
            try (Response response =
                    OK_HTTP.newCall(okHttpRequest(url, apiKey, body)).execute()) {
                var lines = response.body().source();
                var data = new ArrayList<String>();
                for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
                    if (line.startsWith(DATA)) {
                        data.add(line.substring(DATA.length()));
                    }
                }
                return data;
            }
        }
    },

    /** OkHttp, whose own reader of events takes a stream. */
    OKHTTP_SSE {
        @Override
        String post(String url, String apiKey, String body) throws Exception {
            return OKHTTP.post(url, apiKey, body);
        }

        @Override
        List<String> stream(String url, String apiKey, String body) throws Exception {
            var whole = new CompletableFuture<List<String>>();
            var events = new ArrayList<String>();
            EventSources.createFactory((okhttp3.Call.Factory) OK_HTTP)
                    .newEventSource(okHttpRequest(url, apiKey, body), new EventSourceListener() {
                        @Override
                        public void onEvent(EventSource source, String id, String type, String data) {
                            events.add(data);
                        }

                        @Override
                        public void onClosed(EventSource source) {
                            whole.complete(events);
                        }

                        @Override
                        public void onFailure(EventSource source, Throwable error, Response response) {
                            whole.completeExceptionally(error == null ? new IOException(response.toString()) : error);
                        }
                    });
            return whole.get();
        }
    },

    /** The JDK's client as it is, which offers HTTP/2 with each request. */
    JAVA_NET_HTTP {
        @Override
        String post(String url, String apiKey, String body) throws Exception {
            var response = JDK.send(jdkRequest(url, apiKey, body), BodyHandlers.ofString());
            return checked(response.statusCode(), response.body());
        }

        @Override
        List<String> stream(String url, String apiKey, String body) throws Exception {
            try (var lines = JDK.send(jdkRequest(url, apiKey, body), BodyHandlers.ofLines())
                    .body()) {
                return lines.filter(line -> line.startsWith(DATA))
                        .map(line -> line.substring(DATA.length()))
                        .toList();
            }
        }
    };

    private static final int OK = 200;
    private static final String DATA = "data: ";
    private static final OkHttpClient OK_HTTP = new OkHttpClient();
    private static final HttpClient JDK = HttpClient.newHttpClient();

    /** Returns the body of the answer. */
    abstract String post(String url, String apiKey, String body) throws Exception;

    /** Returns the data of all events. */
    abstract List<String> stream(String url, String apiKey, String body) throws Exception;

    private static Request okHttpRequest(String url, String apiKey, String body) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + apiKey)
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
    }

    private static HttpRequest jdkRequest(String url, String apiKey, String body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String checked(int status, String body) {
        if (status != OK) {
            throw new IllegalStateException(status + " " + body);
        }
        return body;
    }
}
