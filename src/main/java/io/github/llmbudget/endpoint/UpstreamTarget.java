package io.github.llmbudget.endpoint;

import io.github.llmbudget.config.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The real service behind the endpoint in live mode.
 *
 * @param baseUrl its base URL as a client would be given it, such as {@code https://api.openai.com/v1}
 * @param apiKey the real key, {@code null} to send what the client sends
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record UpstreamTarget(String baseUrl, @Nullable String apiKey) {

    /** The base URL of OpenAI. */
    public static final String OPENAI = "https://api.openai.com/v1";

    private static final String VERSION = "/v1";

    /**
     * Checks the URL. One without a path gets {@code /v1}, a trailing slash is dropped.
     *
     * @param baseUrl its base URL as a client would be given it, such as {@code https://api.openai.com/v1}
     * @param apiKey the real key, {@code null} to send what the client sends
     * @throws ConfigurationException if it is no HTTP URL
     */
    public UpstreamTarget {
        baseUrl = normalise(baseUrl);
    }

    private static String normalise(String baseUrl) {
        String bare = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        try {
            URI uri = new URI(bare);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri.getPath().isEmpty() ? bare + VERSION : bare;
            }
        } catch (URISyntaxException e) {
            throw unusable(baseUrl);
        }
        throw unusable(baseUrl);
    }

    private static ConfigurationException unusable(String baseUrl) {
        return new ConfigurationException("llmbudget.upstream is '" + baseUrl
                + "', but must be the base URL of an OpenAI-compatible service, such as " + OPENAI + ".");
    }

    /** Returns the host of the service. */
    String host() {
        return URI.create(baseUrl).getHost();
    }

    /** Returns the URL of a path below the endpoint's root, which may begin with the version or leave it out. */
    String url(String path) {
        return baseUrl + (path.startsWith(VERSION + "/") ? path.substring(VERSION.length()) : path);
    }

    /** Hides the key. */
    @Override
    public String toString() {
        return baseUrl;
    }
}
