package io.github.llmbudget.testing;

import io.github.llmbudget.endpoint.LlmEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Calls an endpoint with the JDK's own client, as an application might. */
public record TestClient(String baseUrl, String apiKey, Map<String, String> headers) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public TestClient(LlmEndpoint llm) {
        this(llm.baseUrl(), llm.apiKey());
    }

    public TestClient(String baseUrl, String apiKey) {
        this(baseUrl, apiKey, Map.of());
    }

    /** Returns a client that sends another header. */
    public TestClient with(String header, String value) {
        return new TestClient(baseUrl, apiKey, Map.of(header, value));
    }

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

    public CompletableFuture<HttpResponse<String>> chatAsync(String model, String question) {
        return postAsync("/chat/completions", chatBody(model, question, ""));
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
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).header("Authorization", "Bearer " + apiKey);
        headers.forEach(request::header);
        return request;
    }
}
