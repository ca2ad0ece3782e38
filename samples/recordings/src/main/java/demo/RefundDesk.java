package demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

/** Answers customers with the JDK's own HTTP client. It knows nothing of tests: all it takes is an address and a key. */
public final class RefundDesk {

    private static final String INSTRUCTIONS = "You answer customers of a shop, in one sentence. Refunds take 5 days.";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String baseUrl;
    private final String apiKey;

    public RefundDesk(String baseUrl, String apiKey) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    /** Answers a question of a customer. */
    public String answer(String question, String customer) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request(question, customer, false), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode() + ": " + answer.body());
        }
        return JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("message")
                .get("content")
                .getAsString();
    }

    /** Answers a question piece by piece. */
    public List<String> stream(String question, String customer) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer =
                http.send(request(question, customer, true), HttpResponse.BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            return lines.filter(line -> line.startsWith("data: {"))
                    .map(line -> JsonParser.parseString(line.substring("data: ".length()))
                            .getAsJsonObject()
                            .getAsJsonArray("choices"))
                    .filter(choices -> !choices.isEmpty())
                    .map(choices -> choices.get(0).getAsJsonObject().getAsJsonObject("delta"))
                    .filter(delta -> delta.has("content"))
                    .map(delta -> delta.get("content").getAsString())
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
    }

    private HttpRequest request(String question, String customer, boolean stream) {
        JsonArray messages = new JsonArray();
        messages.add(message("system", INSTRUCTIONS));
        messages.add(message("user", question));
        JsonObject body = new JsonObject();
        body.addProperty("model", "gpt-4o-mini");
        body.add("messages", messages);
        body.addProperty("user", customer);
        if (stream) {
            body.addProperty("stream", true);
        }
        return HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private static JsonObject message(String role, String content) {
        JsonObject message = new JsonObject();
        message.addProperty("role", role);
        message.addProperty("content", content);
        return message;
    }
}
