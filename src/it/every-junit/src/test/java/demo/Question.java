package demo;

import io.github.llmbudget.endpoint.LlmEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A chat of one message, sent without any client library of a model service. */
record Question(String text) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Asks, and returns the status of the answer. */
    int ask(LlmEndpoint llm) {
        String body = """
                {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "%s"}]}""".formatted(text);
        HttpRequest request = HttpRequest.newBuilder(URI.create(llm.baseUrl() + "/chat/completions"))
                .header("Authorization", "Bearer " + llm.apiKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the model answers", e);
        }
    }
}
