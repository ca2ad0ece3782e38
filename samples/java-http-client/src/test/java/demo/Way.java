package demo;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/** The ways in which the JDK's client takes an answer, line by line. */
enum Way {
    SEND {
        @Override
        List<String> lines(HttpRequest.Builder request, String body) throws Exception {
            var post = request.POST(BodyPublishers.ofString(body)).build();
            return HTTP.send(post, BodyHandlers.ofString()).body().lines().toList();
        }
    },

    /** The length of the request is not known before it ends, so it goes out in chunks. */
    SEND_IN_CHUNKS {
        @Override
        List<String> lines(HttpRequest.Builder request, String body) throws Exception {
            var post = request.POST(inChunks(body)).build();
            return HTTP.send(post, BodyHandlers.ofString()).body().lines().toList();
        }
    },

    SEND_ASYNC {
        @Override
        List<String> lines(HttpRequest.Builder request, String body) {
            var post = request.POST(BodyPublishers.ofString(body)).build();
            return HTTP.sendAsync(post, BodyHandlers.ofString())
                    .join()
                    .body()
                    .lines()
                    .toList();
        }
    },

    LINES {
        @Override
        List<String> lines(HttpRequest.Builder request, String body) throws Exception {
            var post = request.POST(BodyPublishers.ofString(body)).build();
            try (Stream<String> lines = HTTP.send(post, BodyHandlers.ofLines()).body()) {
                return lines.toList();
            }
        }
    },

    /** Hangs up at the end of a stream, before the service does. */
    LINES_UNTIL_DONE {
        @Override
        List<String> lines(HttpRequest.Builder request, String body) throws Exception {
            var post = request.POST(BodyPublishers.ofString(body)).build();
            try (Stream<String> lines = HTTP.send(post, BodyHandlers.ofLines()).body()) {
                return lines.takeWhile(line -> !line.equals("data: [DONE]")).toList();
            }
        }
    },

    LINE_SUBSCRIBER {
        @Override
        List<String> lines(HttpRequest.Builder request, String body) {
            var post = request.POST(BodyPublishers.ofString(body)).build();
            var lines = new ArrayList<String>();
            HTTP.sendAsync(post, BodyHandlers.fromLineSubscriber(subscriber(lines)))
                    .join();
            return lines;
        }
    };

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Posts a body, and returns the lines of the answer. */
    abstract List<String> lines(HttpRequest.Builder request, String body) throws Exception;

    private static BodyPublisher inChunks(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Flow.Subscriber<String> subscriber(List<String> lines) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String line) {
                lines.add(line);
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {}
        };
    }
}
