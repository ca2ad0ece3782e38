package io.github.llmbudget.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The model a request names: in its body, or in its path, as Azure's deployments and Gemini's models are.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RequestedModel {

    private static final List<String> IN_BODY = List.of("model", "model_id");
    private static final Pattern DEPLOYMENT = Pattern.compile("/deployments/([^/]+)/");
    private static final Pattern IN_PATH = Pattern.compile("/model/([^/]+)/|/models/([^/:]+):");

    private RequestedModel() {}

    /**
     * Finds the model. Azure bills the deployment in the path, whatever the body says.
     *
     * @param request the request
     * @param body its body
     * @return the name, {@code null} if it names none
     */
    public static @Nullable String of(HttpExchange.Request request, RequestBody body) {
        Matcher deployment = DEPLOYMENT.matcher(request.operationPath());
        if (deployment.find()) {
            return decoded(deployment.group(1));
        }
        for (String member : IN_BODY) {
            String named = body.text(member);
            if (named != null && !named.isEmpty()) {
                return named;
            }
        }
        Matcher inPath = IN_PATH.matcher(request.operationPath());
        if (!inPath.find()) {
            return null;
        }
        return decoded(inPath.group(1) != null ? inPath.group(1) : inPath.group(2));
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
