package demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Answers customers of a shop. It knows nothing of tests: all it takes is an address and a key. */
public final class SupportBot {

    private static final String INSTRUCTIONS = "You answer customers of a shop, in one sentence.";

    private final OpenAIClient client;

    public SupportBot(String baseUrl, String apiKey) {
        this(OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(apiKey).build());
    }

    private SupportBot(OpenAIClient client) {
        this.client = client;
    }

    /** Creates a bot whose address and key are those of the environment, as it runs in production. */
    public static SupportBot fromEnv() {
        return new SupportBot(OpenAIOkHttpClient.fromEnv());
    }

    /** Answers one question. */
    public String ask(String question) {
        return text(client.chat().completions().create(conversation(question)));
    }

    /** Answers several questions at once, on the client's own threads. */
    public List<String> askAll(List<String> questions) {
        List<CompletableFuture<ChatCompletion>> running = questions.stream()
                .map(question -> client.async().chat().completions().create(conversation(question)))
                .toList();
        return running.stream()
                .map(CompletableFuture::join)
                .map(SupportBot::text)
                .toList();
    }

    /** Answers one question piece by piece, and returns the whole as the client library puts it together. */
    public ChatCompletion stream(String question, Consumer<String> onText) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (var chunks = client.chat().completions().createStreaming(conversation(question))) {
            chunks.stream()
                    .peek(whole::accumulate)
                    .map(ChatCompletionChunk::choices)
                    .flatMap(List::stream)
                    .flatMap(choice -> choice.delta().content().stream())
                    .forEach(onText);
        }
        return whole.chatCompletion();
    }

    private static ChatCompletionCreateParams conversation(String question) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addSystemMessage(INSTRUCTIONS)
                .addUserMessage(question)
                .build();
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElse("");
    }
}
