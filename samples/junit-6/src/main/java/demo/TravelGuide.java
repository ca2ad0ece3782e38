package demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/** Recommends sights. */
public final class TravelGuide {

    private final OpenAIClient client;
    private final String model;

    public TravelGuide(String baseUrl, String apiKey, String model) {
        this.client =
                OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(apiKey).build();
        this.model = model;
    }

    /** Recommends one sight of a city. */
    public String recommend(String city) {
        var question = ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Name one sight of " + city + ", in one sentence.")
                .build();
        return client.chat()
                .completions()
                .create(question)
                .choices()
                .get(0)
                .message()
                .content()
                .orElse("");
    }
}
