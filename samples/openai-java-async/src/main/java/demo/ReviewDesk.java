package demo;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads what customers write about a shop, many reviews at once, and waits for none of them. */
public final class ReviewDesk {

    private final OpenAIClientAsync client;

    public ReviewDesk(String baseUrl, String apiKey) {
        this.client = OpenAIOkHttpClientAsync.builder()
                .baseUrl(baseUrl)
                .apiKey(apiKey)
                .build();
    }

    /** Says of each review whether it is praise, a complaint or a question. */
    public CompletableFuture<List<String>> sort(List<String> reviews) {
        List<CompletableFuture<String>> kinds = reviews.stream().map(this::sort).toList();
        return CompletableFuture.allOf(kinds.toArray(CompletableFuture[]::new))
                .thenApply(done -> kinds.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<String> sort(String review) {
        return client.chat()
                .completions()
                .create(request("Is this praise, a complaint or a question? One word.", review))
                .thenApply(answer -> answer.choices().get(0).message().content().orElseThrow());
    }

    /** Answers a review, and hands the answer on as it comes. */
    public CompletableFuture<Void> answer(String review, Consumer<String> onText) {
        return client.chat()
                .completions()
                .createStreaming(request("Answer this review in one sentence.", review))
                .subscribe(chunk -> chunk.choices()
                        .forEach(choice -> choice.delta().content().ifPresent(onText)))
                .onCompleteFuture();
    }

    private static ChatCompletionCreateParams request(String instructions, String review) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addSystemMessage(instructions)
                .addUserMessage(review)
                .build();
    }
}
