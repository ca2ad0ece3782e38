package io.github.llmbudget.price;

import io.github.llmbudget.call.LlmCall;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the names stand for that requests give, where these are deployments and not models. */
final class Deployments {

    private final Map<String, ModelName> models = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Deployments(Map<String, String> models) {
        for (Map.Entry<String, String> deployment : models.entrySet()) {
            this.models.put(deployment.getKey(), ModelName.of(deployment.getValue()));
        }
    }

    /** Returns the model that the request of a call is known to mean, {@code null} if it is not known. */
    @Nullable
    ModelName modelOf(LlmCall call) {
        return call.requestedModel() == null ? null : models.get(call.requestedModel());
    }

    /** Names the model in a call, unless the answer names a snapshot of it. */
    LlmCall resolve(LlmCall call) {
        ModelName model = modelOf(call);
        return model == null || isSnapshot(call.answeredModel(), model.name())
                ? call
                : call.toBuilder().answeredModel(model.name()).build();
    }

    private static boolean isSnapshot(@Nullable String answered, String model) {
        return answered != null
                && ModelName.candidates(ModelName.of(answered).name()).contains(model);
    }
}
