package demo;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Answers travellers. It knows nothing of tests: all it takes is an address and a key, and whoever listens. */
public final class TravelGuide {

    private static final String MODEL = "gpt-4o-mini";

    private final ChatModel model;
    private final StreamingChatModel streaming;

    public TravelGuide(String baseUrl, String apiKey, ChatModelListener... listeners) {
        this.model = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(apiKey)
                .modelName(MODEL)
                .listeners(List.of(listeners))
                .build();
        this.streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(apiKey)
                .modelName(MODEL)
                .listeners(List.of(listeners))
                .build();
    }

    /** Answers a question. */
    public String ask(String question) {
        return model.chat(question);
    }

    /** Answers a question piece by piece. The future ends with the stream, with the whole answer or with what broke it. */
    public CompletableFuture<String> stream(String question, Consumer<String> onText) {
        var whole = new CompletableFuture<String>();
        streaming.chat(question, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                onText.accept(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response.aiMessage().text());
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return whole;
    }
}
