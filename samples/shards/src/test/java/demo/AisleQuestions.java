package demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.jupiter.MaxTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Ten customers ask about one aisle of a shop, and every fifth of them asks again. */
abstract class AisleQuestions {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @RepeatedTest(10)
    @MaxTokens(120)
    void answers(RepetitionInfo customer, MockLlm llm) throws IOException, InterruptedException {
        int number = customer.getCurrentRepetition();
        int questions = number % 5 == 0 ? 2 : 1;
        for (int i = 0; i < questions; i++) {
            llm.reply("Aisle " + number + ", on the left.");
            ask(llm, "Customer " + number + ": what is in " + getClass().getSimpleName() + "?");
        }
    }

    static void ask(LlmEndpoint llm, String question) throws IOException, InterruptedException {
        String body = "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(llm.baseUrl() + "/chat/completions"))
                .header("Authorization", "Bearer " + llm.apiKey())
                .POST(BodyPublishers.ofString(body))
                .build();
        assertEquals(200, CLIENT.send(request, BodyHandlers.ofString()).statusCode());
    }
}
