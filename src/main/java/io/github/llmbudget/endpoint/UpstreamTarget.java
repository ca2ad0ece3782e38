package io.github.llmbudget.endpoint;

import io.github.llmbudget.config.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Begins a path that says itself where it goes from the root of the service. */
    private static final Pattern FROM_ROOT = Pattern.compile(
            "/+(v\\d+[a-z]*\\d*|openai|anthropic|api|upload|ml|model|models/(chat/completions|embeddings))(?=[/?]|$)");

    /** The operations of clients that put the version after every base URL. */
    private static final Pattern ANTHROPIC = Pattern.compile("/+v1/(messages|complete)(?=[/?]|$)");

    private static final Pattern VERSION_AT_END = Pattern.compile("/v\\d+[a-z]*\\d*$");
    private static final Pattern NO_HEADER_TEXT = Pattern.compile("[^!-~]");

    /**
     * Checks URL and key. A URL without a path gets {@code /v1}, slashes at its end are dropped.
     *
     * @param baseUrl its base URL as a client would be given it, such as {@code https://api.openai.com/v1}
     * @param apiKey the real key, {@code null} to send what the client sends
     * @throws ConfigurationException if it is no HTTP URL, or one with more than host and path, or if the key has a
     *     character that no header can carry
     */
    public UpstreamTarget {
        baseUrl = normalise(baseUrl);
        // Checked here, because the HTTP client would say so with the key in its message.
        if (apiKey != null && NO_HEADER_TEXT.matcher(apiKey).find()) {
            throw new ConfigurationException("The key of " + baseUrl
                    + " has a blank or a character that is not ASCII. Look for what was copied along with it.");
        }
    }

    private static String normalise(String baseUrl) {
        String bare = baseUrl.replaceFirst("/+$", "");
        URI uri = parse(bare);
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new ConfigurationException("llmbudget.upstream must be a URL of host and path, such as " + OPENAI
                    + ". It has a user or a query, and is not shown for what may be secret in them.");
        }
        return uri.getRawPath().isEmpty() ? bare + VERSION : bare;
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw unusable(url);
        }
        throw unusable(url);
    }

    private static ConfigurationException unusable(String url) {
        String shown = url.replaceFirst(".*@", "...@").replaceFirst("[?#].*", "?...");
        return new ConfigurationException("llmbudget.upstream is '" + shown
                + "', but must be the base URL of a service, such as " + OPENAI + ".");
    }

    /**
     * Returns the host of the service.
     *
     * @return its name in lower case
     */
    public String host() {
        return URI.create(baseUrl).getHost().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the URL of a path below the endpoint's root. It belongs under the base URL, with or without its version,
     * unless it says itself where it goes from the root of the service. What it repeats of the base URL counts once.
     */
    String url(String path) {
        Matcher fromRoot = FROM_ROOT.matcher(path);
        if (!fromRoot.lookingAt()) {
            return baseUrl + path;
        }
        String basePath = URI.create(baseUrl).getRawPath();
        String rootPath = VERSION_AT_END.matcher(basePath).replaceFirst("");
        String origin = baseUrl.substring(0, baseUrl.length() - basePath.length());
        for (String parent : List.of(basePath, rootPath)) {
            int repeated = repeated(parent, path.substring(fromRoot.start(1) - 1));
            if (repeated >= 0) {
                return origin + parent.substring(0, repeated) + path;
            }
        }
        boolean baseHasVersion = !rootPath.equals(basePath);
        boolean standsForBase = ("/" + fromRoot.group(1)).equals(VERSION)
                && (baseHasVersion || !ANTHROPIC.matcher(path).lookingAt());
        return standsForBase ? baseUrl + path.substring(fromRoot.end()) : origin + rootPath + path;
    }

    /** Finds where the end of one path begins that is the beginning of another one, -1 if nowhere. */
    private static int repeated(String parent, String path) {
        for (int i = parent.indexOf('/'); i >= 0; i = parent.indexOf('/', i + 1)) {
            if (path.startsWith(parent.substring(i) + "/")) {
                return i;
            }
        }
        return -1;
    }

    /** Hides the key. */
    @Override
    public String toString() {
        return baseUrl;
    }
}
