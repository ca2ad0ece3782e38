package io.github.llmbudget.spring;

import io.github.llmbudget.endpoint.LlmEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.util.ClassUtils;

/** Which Spring AI there is, and the properties by which its OpenAI client is led to an endpoint. */
enum SpringAi {

    /** Appends the version to the address itself. */
    ONE {
        @Override
        Map<String, String> properties(LlmEndpoint endpoint) {
            Map<String, String> properties = forAllKinds(endpoint.rootUrl(), endpoint.apiKey());
            // These two append their paths without a slash. Paths are those of the service that the application has.
            properties.put(PREFIX + "image.base-url", endpoint.rootUrl() + "/");
            properties.put(PREFIX + "image.images-path", "v1/images/generations");
            properties.put(PREFIX + "moderation.base-url", endpoint.rootUrl() + "/");
            properties.put(PREFIX + "chat.completions-path", "/v1/chat/completions");
            properties.put(PREFIX + "embedding.embeddings-path", "/v1/embeddings");
            return properties;
        }
    },

    /** Takes an address with its version. */
    TWO {
        @Override
        Map<String, String> properties(LlmEndpoint endpoint) {
            return forAllKinds(endpoint.baseUrl(), endpoint.apiKey());
        }
    };

    static final String PREFIX = "spring.ai.openai.";
    static final String BASE_URL = "base-url";
    static final String API_KEY = "api-key";

    private static final String CLIENT = "org.springframework.ai.openai.OpenAiChatModel";

    /** Gone since version 2, which is built on OpenAI's own client. */
    private static final String CLIENT_OF_ONE = "org.springframework.ai.openai.api.OpenAiApi";

    /** Before the names of address and key; those of one kind of model go before those of all. */
    private static final List<String> KINDS =
            List.of("", "chat.", "embedding.", "image.", "audio.speech.", "audio.transcription.", "moderation.");

    static Optional<SpringAi> seenBy(ClassLoader loader) {
        if (!ClassUtils.isPresent(CLIENT, loader)) {
            return Optional.empty();
        }
        return Optional.of(ClassUtils.isPresent(CLIENT_OF_ONE, loader) ? ONE : TWO);
    }

    abstract Map<String, String> properties(LlmEndpoint endpoint);

    private static Map<String, String> forAllKinds(String address, String key) {
        Map<String, String> properties = new TreeMap<>();
        for (String kind : KINDS) {
            properties.put(PREFIX + kind + BASE_URL, address);
            properties.put(PREFIX + kind + API_KEY, key);
        }
        return properties;
    }
}
