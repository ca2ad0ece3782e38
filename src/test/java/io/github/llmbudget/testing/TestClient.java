package io.github.llmbudget.testing;

import io.github.llmbudget.endpoint.LlmEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Calls an endpoint with the JDK's own client, as an application might. */
public record TestClient(LlmEndpoint llm) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Posts a body to an operation such as {@code /chat/completions}. */
    public HttpResponse<String> post(String operation, String body) {
        return send(request(operation, body));
    }

    /** Gets what is at a path such as {@code /responses/resp_1}. */
    public HttpResponse<String> get(String path) {
        return send(to(path).GET().build());
    }

    public CompletableFuture<HttpResponse<String>> postAsync(String operation, String body) {
        return HTTP.sendAsync(request(operation, body), HttpResponse.BodyHandlers.ofString());
    }

    /** Asks for a chat completion. */
    public HttpResponse<String> chat(String model, String question) {
        return post("/chat/completions", chatBody(model, question, ""));
    }

    /** Asks for a streamed chat completion. */
    public HttpResponse<String> chatStream(String model, String question) {
        return post("/chat/completions", chatBody(model, question, ",\"stream\":true"));
    }

    /** Asks for a legacy completion. */
    public HttpResponse<String> complete(String model, String prompt) {
        return post("/completions", completionBody(model, prompt, ""));
    }

    /** Asks for a streamed legacy completion. */
    public HttpResponse<String> completeStream(String model, String prompt) {
        return post("/completions", completionBody(model, prompt, ",\"stream\":true"));
    }

    public static String chatBody(String model, String question, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]" + more
                + "}";
    }

    private static String completionBody(String model, String prompt, String more) {
        return "{\"model\":\"" + model + "\",\"prompt\":\"" + prompt + "\"" + more + "}";
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String operation, String body) {
        return to(operation)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(llm.baseUrl() + path))
                .header("Authorization", "Bearer " + llm.apiKey());
    }
}
