package demo;

import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestSystemMessage;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.credential.AzureKeyCredential;
import java.util.List;
import java.util.stream.Collectors;

/** Answers tenants' questions about their lease, on a deployment of Azure OpenAI. */
public final class LeaseClerk {

    private static final String DEPLOYMENT = "lease-clerk";

    private final OpenAIClient client;

    public LeaseClerk(String endpoint, String key) {
        client = new OpenAIClientBuilder()
                .endpoint(endpoint)
                .credential(new AzureKeyCredential(key))
                .buildClient();
    }

    public String ask(String question) {
        return client.getChatCompletions(DEPLOYMENT, request(question))
                .getChoices()
                .get(0)
                .getMessage()
                .getContent();
    }

    /** Answers word by word, as it appears on a screen. */
    public String askSlowly(String question) {
        return client.getChatCompletionsStream(DEPLOYMENT, request(question)).stream()
                .flatMap(chunk -> chunk.getChoices().stream())
                .map(choice -> choice.getDelta().getContent())
                .filter(text -> text != null)
                .collect(Collectors.joining());
    }

    private static ChatCompletionsOptions request(String question) {
        return new ChatCompletionsOptions(List.of(
                new ChatRequestSystemMessage("You answer questions about leases in one sentence."),
                new ChatRequestUserMessage(question)));
    }
}
