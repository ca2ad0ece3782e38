package demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.completions.CompletionCreateParams;

/** Tells jokes with a model of the old kind, which completes a text. */
public final class Jester {

    private final OpenAIClient client;

    public Jester(String baseUrl, String apiKey) {
        this.client =
                OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(apiKey).build();
    }

    public String tell(String prompt) {
        var joke = CompletionCreateParams.builder()
                .model(CompletionCreateParams.Model.GPT_3_5_TURBO_INSTRUCT)
                .prompt(prompt)
                .build();
        return client.completions().create(joke).choices().get(0).text();
    }
}
