package demo;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Model;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Answers questions about the terms of an insurance. The terms are long, so the service is asked to keep them. */
public final class PolicyDesk {

    private static final Tool FIND_CLAIM = Tool.builder()
            .name("find_claim")
            .description("Finds a claim of the customer by its number.")
            .inputSchema(Tool.InputSchema.builder()
                    .properties(Tool.InputSchema.Properties.builder()
                            .putAdditionalProperty("number", JsonValue.from(Map.of("type", "integer")))
                            .build())
                    .addRequired("number")
                    .build())
            .build();

    private static final String TERMS = read("/policy.txt");

    private final AnthropicClient client;
    private final Map<Integer, String> claims;

    public PolicyDesk(String rootUrl, String apiKey, Map<Integer, String> claims) {
        this.client =
                AnthropicOkHttpClient.builder().baseUrl(rootUrl).apiKey(apiKey).build();
        this.claims = claims;
    }

    /** Answers a question, and looks claims up for it. */
    public String ask(String question) {
        MessageCreateParams.Builder conversation = conversation(question);
        while (true) {
            Message answer = client.messages().create(conversation.build());
            if (!answer.stopReason().equals(Optional.of(StopReason.TOOL_USE))) {
                return text(answer);
            }
            conversation.addMessage(answer).addUserMessageOfContentBlockParams(foundClaims(answer));
        }
    }

    /** Answers a question, and hands the answer on as it comes. */
    public void stream(String question, Consumer<String> onText) {
        try (var events =
                client.messages().createStreaming(conversation(question).build())) {
            events.stream()
                    .flatMap(event -> event.contentBlockDelta().stream())
                    .flatMap(delta -> delta.delta().text().stream())
                    .forEach(text -> onText.accept(text.text()));
        }
    }

    private static MessageCreateParams.Builder conversation(String question) {
        return MessageCreateParams.builder()
                .model(Model.CLAUDE_SONNET_5)
                .maxTokens(300)
                .systemOfTextBlockParams(List.of(TextBlockParam.builder()
                        .text("You answer customers in one sentence, by these terms:\n\n" + TERMS)
                        .cacheControl(CacheControlEphemeral.builder().build())
                        .build()))
                .addTool(FIND_CLAIM)
                .addUserMessage(question);
    }

    private List<ContentBlockParam> foundClaims(Message asking) {
        return asking.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .map(this::foundClaim)
                .map(ContentBlockParam::ofToolResult)
                .toList();
    }

    private ToolResultBlockParam foundClaim(ToolUseBlock asked) {
        Map<?, ?> input = asked._input().convert(Map.class);
        return ToolResultBlockParam.builder()
                .toolUseId(asked.id())
                .content(claims.getOrDefault(input.get("number"), "There is no such claim."))
                .build();
    }

    private static String text(Message answer) {
        return answer.content().stream()
                .filter(ContentBlock::isText)
                .map(block -> block.asText().text())
                .collect(Collectors.joining());
    }

    private static String read(String resource) {
        try (var terms = PolicyDesk.class.getResourceAsStream(resource)) {
            return new String(terms.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
