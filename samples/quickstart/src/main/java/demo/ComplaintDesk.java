package demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingModel;

/** Works on a complaint in several steps, and is careless with money: it summarises the same complaint twice. */
public final class ComplaintDesk {

    private final OpenAIClient client;

    public ComplaintDesk(String baseUrl, String apiKey) {
        this.client =
                OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(apiKey).build();
    }

    public String resolve(String complaint) {
        String draft = stream("Draft an answer to: " + chat("Summarise: " + complaint));
        String summary = chat("Summarise: " + complaint);
        return chat("Rules: " + rulesFor(summary) + "\nImprove this draft: " + draft);
    }

    private String chat(String prompt) {
        return client.chat()
                .completions()
                .create(request(prompt))
                .choices()
                .get(0)
                .message()
                .content()
                .orElse("");
    }

    private String stream(String prompt) {
        StringBuilder text = new StringBuilder();
        try (var chunks = client.chat().completions().createStreaming(request(prompt))) {
            chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .forEach(text::append);
        }
        return text.toString();
    }

    /** Looks the rules up by their meaning. */
    private String rulesFor(String summary) {
        var vector = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(EmbeddingModel.TEXT_EMBEDDING_3_SMALL)
                        .input(summary)
                        .build());
        return vector.data().isEmpty() ? "none" : "Goods that arrive broken are replaced at once.";
    }

    private static ChatCompletionCreateParams request(String prompt) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage(prompt)
                .build();
    }
}
