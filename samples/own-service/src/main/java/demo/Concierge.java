package demo;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Answers guests of a hotel with a model of Cohere. It has the JDK's HTTP client and no client library. */
public final class Concierge {

    private static final String DATA = "data: ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String rootUrl;
    private final String apiKey;

    public Concierge(String rootUrl, String apiKey) {
        this.rootUrl = rootUrl;
        this.apiKey = apiKey;
    }

    /** Answers one question. */
    public String ask(String question) {
        JsonObject answer = JsonParser.parseString(send(question, false, BodyHandlers.ofString()))
                .getAsJsonObject();
        return answer.getAsJsonObject("message")
                .getAsJsonArray("content")
                .get(0)
                .getAsJsonObject()
                .get("text")
                .getAsString();
    }

    /** Answers one question piece by piece, and reads no further than to the end of the answer. */
    public void stream(String question, Consumer<String> onText) {
        try (Stream<String> lines = send(question, true, BodyHandlers.ofLines())) {
            lines.filter(line -> line.startsWith(DATA))
                    .map(line -> JsonParser.parseString(line.substring(DATA.length()))
                            .getAsJsonObject())
                    .takeWhile(event -> !event.get("type").getAsString().equals("message-end"))
                    .filter(event -> event.get("type").getAsString().equals("content-delta"))
                    .map(event -> event.getAsJsonObject("delta")
                            .getAsJsonObject("message")
                            .getAsJsonObject("content")
                            .get("text")
                            .getAsString())
                    .forEach(onText);
        }
    }

    private <T> T send(String question, boolean stream, BodyHandler<T> answer) {
        String body = new Gson()
                .toJson(Map.of(
                        "model",
                        "command-a-03-2025",
                        "stream",
                        stream,
                        "messages",
                        List.of(Map.of("role", "user", "content", question))));
        HttpRequest request = HttpRequest.newBuilder(URI.create(rootUrl + "/v2/chat"))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<T> response = http.send(request, answer);
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The service answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the service was answering", e);
        }
    }
}
