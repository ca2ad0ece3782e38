package demo;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import reactor.core.publisher.Flux;

/** Answers travellers. It knows nothing of tests: all it takes is an address and a key. */
public final class TravelGuide {

    private final OpenAiChatModel model;

    public TravelGuide(String rootUrl, String apiKey) {
        this.model = OpenAiChatModel.builder()
                .openAiApi(OpenAiApi.builder().baseUrl(rootUrl).apiKey(apiKey).build())
                .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").build())
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
