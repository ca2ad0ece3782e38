package io.github.llmbudget.usage;

import io.github.llmbudget.call.LlmCall;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Names that requests give as model and that are none: deployments of Azure, names of one's own gateway. Immutable, hence
 * safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Deployments {

    /** No such names. */
    public static final Deployments NONE = new Deployments(Map.of());

    private final Map<String, String> models;

    /**
     * Takes the names.
     *
     * @param models the model each name stands for; must not be changed
     */
    public Deployments(Map<String, String> models) {
        this.models = models;
    }

    /**
     * Names the model of a call whose request gave one of these names. What the answer names holds only if it is that
     * model or a snapshot of it: Azure answers embeddings of whatever model as {@code ada}.
     *
     * @param call the call
     * @return the call as it is to be priced
     */
    LlmCall resolve(LlmCall call) {
        String model = call.requestedModel() == null ? null : models.get(call.requestedModel());
        return model == null || isThatModel(call.answeredModel(), model)
                ? call
                : call.toBuilder().answeredModel(model).build();
    }

    private static boolean isThatModel(@Nullable String answered, String model) {
        if (answered == null) {
            return false;
        }
        String name = answered.toLowerCase(Locale.ROOT);
        String expected = model.toLowerCase(Locale.ROOT);
        return name.equals(expected) || name.startsWith(expected + "-");
    }
}
