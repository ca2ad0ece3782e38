package io.github.llmbudget.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

    private static final Pattern DEPLOYMENT = Pattern.compile("/deployments/([^/]+)/");
    private static final Pattern IN_PATH = Pattern.compile("/model/([^/]+)/|/models/([^/:]+):");

    private static final Remembered<InPath> IN_PATHS = new Remembered<>(InPath::of);

    private RequestedModel() {}

    /**
     * Finds the model. Azure bills the deployment in the path, whatever the body says.
     *
     * @param request the request
     * @param body its body
     * @return the name, {@code null} if it names none
     */
    public static @Nullable String of(HttpExchange.Request request, RequestBody body) {
        InPath path = IN_PATHS.about(request.operationPath());
        if (path.deployment() != null) {
            return path.deployment();
        }
        if (isNamed(body.model())) {
            return body.model();
        }
        return isNamed(body.modelId()) ? body.modelId() : path.model();
    }

    private static boolean isNamed(@Nullable String model) {
        return model != null && !model.isEmpty();
    }

    /** The models that a path names. */
    private record InPath(
            @Nullable String deployment, @Nullable String model) {

        static InPath of(String path) {
            Matcher deployment = DEPLOYMENT.matcher(path);
            Matcher model = IN_PATH.matcher(path);
            return new InPath(
                    deployment.find() ? decoded(deployment.group(1)) : null,
                    model.find() ? decoded(model.group(1) != null ? model.group(1) : model.group(2)) : null);
        }
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
