package io.github.llmbudget.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The model a request names: in its body, or in its path, as Azure's deployments and Gemini's models are. */
final class RequestedModel {

    private static final Pattern IN_PATH = Pattern.compile("/(?:deployments|models?)/([^/:]+)(?=[/:])");

    private RequestedModel() {}

    static @Nullable String of(HttpExchange.Request request, RequestBody body) {
        String named = body.model();
        if (named != null && !named.isEmpty()) {
            return named;
        }
        Matcher inPath = IN_PATH.matcher(request.operationPath());
        return inPath.find() ? decoded(inPath.group(1)) : null;
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not encoded after all.
            return segment;
        }
    }
}
