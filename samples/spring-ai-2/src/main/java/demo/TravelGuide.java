package demo;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import reactor.core.publisher.Flux;

/** Answers travellers. It knows nothing of tests: all it takes is an address and a key. */
public final class TravelGuide {

    private final OpenAiChatModel model;

    public TravelGuide(String baseUrl, String apiKey) {
        this.model = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(baseUrl)
                        .apiKey(apiKey)
                        .model("gpt-4o-mini")
                        .build())
                .build();
    }

    /** Answers a question. */
    public String ask(String question) {
        return model.call(question);
    }

    /** Answers a question piece by piece. */
    public Flux<String> stream(String question) {
        return model.stream(question);
    }
}
