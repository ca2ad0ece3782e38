package demo;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Summarises articles with the JDK's own HTTP client. All it takes is an address, a key and some patience. */
public final class Summarizer {

    private static final int ATTEMPTS = 3;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final String DATA = "data: ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String baseUrl;
    private final String apiKey;
    private final Duration patience;

    public Summarizer(String baseUrl, String apiKey, Duration patience) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
        this.patience = patience;
    }

    /** Summarises an article. Asks again if the service fails, or takes too long. */
    public String summarize(String article) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> answer = http.send(request(article, false), BodyHandlers.ofString());
                if (answer.statusCode() < SERVER_ERROR || attempt == ATTEMPTS) {
                    return text(answer);
                }
            } catch (HttpTimeoutException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Summarises several articles at once. */
    public List<String> summarizeAll(List<String> articles) {
        List<CompletableFuture<String>> summaries = articles.stream()
                .map(article -> http.sendAsync(request(article, false), BodyHandlers.ofString())
                        .thenApply(Summarizer::text))
                .toList();
        return summaries.stream().map(CompletableFuture::join).toList();
    }

    /** Summarises an article piece by piece. Hangs up at the end of the summary, whatever the service does then. */
    public void stream(String article, Consumer<String> onText) throws IOException, InterruptedException {
        try (Stream<String> lines = body(http.send(request(article, true), BodyHandlers.ofLines()))) {
            lines.filter(line -> line.startsWith(DATA))
                    .map(line -> line.substring(DATA.length()))
                    .takeWhile(data -> !data.equals("[DONE]"))
                    .map(data -> choice(data).getAsJsonObject("delta").get("content"))
                    .filter(content -> content != null && !content.isJsonNull())
                    .forEach(content -> onText.accept(content.getAsString()));
        }
    }

    private HttpRequest request(String article, boolean stream) {
        var messages = List.of(Map.of("role", "user", "content", "Summarise in one sentence:\n\n" + article));
        var body = Map.of("model", "gpt-4o-mini", "stream", stream, "messages", messages);
        return HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .timeout(patience)
                .POST(BodyPublishers.ofString(new Gson().toJson(body)))
                .build();
    }

    private static String text(HttpResponse<String> answer) {
        return choice(body(answer)).getAsJsonObject("message").get("content").getAsString();
    }

    private static <T> T body(HttpResponse<T> answer) {
        if (answer.statusCode() != OK) {
            throw new IllegalStateException("The service answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static JsonObject choice(String json) {
        return JsonParser.parseString(json)
                .getAsJsonObject()
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject();
    }
}
