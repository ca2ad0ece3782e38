package io.github.llmbudget.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of the services that are known by their address. */
final class KnownServices {

    private static final String AZURE = "azure";
    private static final String VERTEX = "vertex";

    /** Vertex puts a region before its name, or behind its first part. */
    private static final Pattern VERTEX_IN_A_REGION = Pattern.compile(
            "[a-z0-9-]+-aiplatform\\.googleapis\\.com|aiplatform\\.[a-z0-9-]+\\.rep\\.googleapis\\.com");

    /** Ends of host names; a more special one stands before a more general one. */
    private static final List<Entry<String, String>> BY_HOST = List.of(
            Map.entry("api.openai.com", "openai"),
            Map.entry("openai.azure.com", AZURE),
            Map.entry("openai.azure.us", AZURE),
            Map.entry("openai.azure.cn", AZURE),
            Map.entry("inference.ai.azure.com", AZURE),
            Map.entry("services.ai.azure.com", AZURE),
            Map.entry("models.ai.azure.com", AZURE),
            Map.entry("cognitiveservices.azure.com", AZURE),
            Map.entry("anthropic.com", "anthropic"),
            Map.entry("generativelanguage.googleapis.com", "gemini"),
            Map.entry("aiplatform.googleapis.com", VERTEX),
            Map.entry("groq.com", "groq"),
            Map.entry("deepseek.com", "deepseek"),
            Map.entry("openrouter.ai", "openrouter"),
            Map.entry("mistral.ai", "mistral"),
            Map.entry("x.ai", "xai"),
            Map.entry("together.xyz", "together"),
            Map.entry("together.ai", "together"),
            Map.entry("fireworks.ai", "fireworks"),
            Map.entry("perplexity.ai", "perplexity"),
            Map.entry("cerebras.ai", "cerebras"),
            Map.entry("ollama.com", "ollama"),
            Map.entry("cohere.com", "cohere"),
            Map.entry("cohere.ai", "cohere"),
            Map.entry("amazonaws.com", "bedrock"),
            Map.entry("api.aws", "bedrock"),
            Map.entry("moonshot.ai", "moonshot"),
            Map.entry("moonshot.cn", "moonshot"),
            Map.entry("z.ai", "zai"),
            Map.entry("bigmodel.cn", "zai"),
            Map.entry("aliyuncs.com", "alibaba"),
            Map.entry("voyageai.com", "voyage"),
            Map.entry("writer.com", "writer"),
            Map.entry("snowflakecomputing.com", "snowflake"),
            Map.entry("huggingface.co", "huggingface"),
            Map.entry("heroku.com", "heroku"),
            Map.entry("ml.cloud.ibm.com", "watsonx"));

    /** Hosts by which OpenAI's service is bound to a part of the world. */
    private static final Pattern OPENAI_IN_A_REGION = Pattern.compile("([a-z]{2,4})\\.api\\.openai\\.com");

    private static final Remembered<Host> HOSTS = new Remembered<>(Host::of);

    private KnownServices() {}

    /** Tells to which part of the world the address of a service binds it. */
    static @Nullable String region(HttpExchange.Request request) {
        return request.host() == null ? null : HOSTS.about(request.host()).region();
    }

    /**
     * Names the service a request goes to.
     *
     * @param family the name to take where the address tells none
     */
    static @Nullable String name(HttpExchange.Request request, @Nullable String family) {
        String named =
                request.host() == null ? null : HOSTS.about(request.host()).service();
        if (named != null) {
            return named;
        }
        return request.operationPath().contains("/openai/deployments/") ? AZURE : family;
    }

    /** What the name of a host tells. */
    private record Host(@Nullable String service, @Nullable String region) {

        static Host of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            Matcher bound = OPENAI_IN_A_REGION.matcher(lower);
            return new Host(serviceAt(lower), bound.matches() ? bound.group(1) : null);
        }

        private static @Nullable String serviceAt(String host) {
            if (VERTEX_IN_A_REGION.matcher(host).matches()) {
                return VERTEX;
            }
            for (Entry<String, String> known : BY_HOST) {
                if (host.equals(known.getKey()) || host.endsWith("." + known.getKey())) {
                    return known.getValue();
                }
            }
            return null;
        }
    }
}
