package io.github.llmbudget.client;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelErrorContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelRequestContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.usage.CallRecorder;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of LangChain4j's chat models, streaming ones too, and of its embedding models, wherever they go. Give
 * it to the builder of a model, of version 1.18 or newer:
 *
 * <pre>{@code
 * @Test
 * @MaxCost(0.02)
 * void answers(CallRecorder recorder, TokenUsage usage) {
 *     ChatModel model = AnthropicChatModel.builder()
 *             .listeners(List.of(new LangChain4jUsageListener(recorder)))
 *             .build();
 * }
 * }</pre>
 *
 * <p>It knows what LangChain4j tells: the tokens of each call, with those that were cached or hidden reasoning for models of
 * OpenAI, Anthropic and Gemini. Where LangChain4j tells none, the tokens are unknown, and a budget over them fails. What it
 * cannot see:
 * <ul>
 *   <li>the attempts of a call that LangChain4j repeats: they are one call here, and only the last one's tokens count;
 *   <li>the end of a stream that is cancelled, which nobody is told: the test waits for it as long as {@code llmbudget.await}
 *       says, and the call is then recorded as unfinished, its tokens unknown;
 *   <li>whether an answer was streamed, and the parts that a model of another service bills at another price: such counts
 *       are marked as the least that there can be;
 *   <li>audio, images, moderations and text completions, which have no such listener.
 * </ul>
 * Hard limits do not stop its calls, for it hears of them too late. An endpoint does better in all of these.
 *
 * <p>Calls that go to the endpoint of the same test are recorded once, as the endpoint sees them, with all their attempts.
 * The two are told apart by the id of the answer; where there is none, as for embeddings, errors and cancelled streams, a
 * call is the endpoint's if that saw one begin meanwhile which asked for the same model and ended alike. Only where two
 * calls of one model run at the same time, one to the endpoint and one past it, and both end alike without an id, can one be
 * taken for the other.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class LangChain4jUsageListener implements ChatModelListener, EmbeddingModelListener {

    private static final int OK = 200;

    private final CallRecorder recorder;

    /**
     * Creates the listener of one test.
     *
     * @param recorder takes the calls
     */
    public LangChain4jUsageListener(CallRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        begin(
                context.attributes(),
                LlmCall.of(Operation.CHAT, context.chatRequest().modelName()),
                context.modelProvider());
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        ChatResponseMetadata told = context.chatResponse().metadata();
        end(
                context.attributes(),
                call -> LangChain4jUsage.of(told.tokenUsage(), false)
                        .put(call)
                        .status(CallStatus.COMPLETE, OK)
                        .answeredModel(told.modelName())
                        .responseId(told.id()));
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        end(context.attributes(), call -> call.status(CallStatus.FAILED, status(context.error())));
    }

    @Override
    public void onRequest(EmbeddingModelRequestContext context) {
        String model = context.embeddingRequest().modelName();
        begin(
                context.attributes(),
                LlmCall.of(Operation.EMBEDDINGS, model == null ? modelName(context.embeddingModel()) : model),
                context.modelProvider());
    }

    /** A model that does not say its name says "unknown". */
    private static @Nullable String modelName(EmbeddingModel model) {
        String name = model.modelName();
        return "unknown".equals(name) ? null : name;
    }

    @Override
    public void onResponse(EmbeddingModelResponseContext context) {
        EmbeddingResponse told = context.embeddingResponse();
        end(
                context.attributes(),
                call -> LangChain4jUsage.of(told.tokenUsage(), true).put(call).status(CallStatus.COMPLETE, OK));
    }

    @Override
    public void onError(EmbeddingModelErrorContext context) {
        end(context.attributes(), call -> call.status(CallStatus.FAILED, status(context.error())));
    }

    /** LangChain4j would swallow a failure of ours, which must fail the test. */
    private void begin(Map<Object, Object> attributes, LlmCall.Builder asked, @Nullable ModelProvider provider) {
        try {
            attributes.put(
                    this,
                    LangChain4jCall.begin(
                            recorder, asked.provider(providerName(provider)).build()));
        } catch (RuntimeException | LinkageError e) {
            recorder.failed(e);
        }
    }

    private void end(Map<Object, Object> attributes, UnaryOperator<LlmCall.Builder> told) {
        try {
            if (attributes.get(this) instanceof LangChain4jCall call) {
                call.end(told);
            }
        } catch (RuntimeException | LinkageError e) {
            recorder.failed(e);
        }
    }

    private static @Nullable String providerName(@Nullable ModelProvider provider) {
        if (provider == null || provider == ModelProvider.OTHER) {
            return null;
        }
        return switch (provider.name()) {
            case "OPEN_AI" -> "openai";
            case "AZURE_OPEN_AI", "MICROSOFT_FOUNDRY" -> "azure";
            case "AMAZON_BEDROCK" -> "bedrock";
            case "GOOGLE_AI_GEMINI", "GOOGLE_GENAI" -> "gemini";
            case "GOOGLE_VERTEX_AI_GEMINI", "GOOGLE_VERTEX_AI_ANTHROPIC" -> "vertex";
            case "MISTRAL_AI" -> "mistral";
            case "VOYAGE_AI" -> "voyage";
            default -> provider.name().toLowerCase(Locale.ROOT);
        };
    }

    private static int status(Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof HttpException http) {
                return http.statusCode();
            }
        }
        return 0;
    }
}
