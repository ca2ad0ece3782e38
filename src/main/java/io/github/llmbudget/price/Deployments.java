package io.github.llmbudget.price;

import io.github.llmbudget.call.LlmCall;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the names stand for that requests give, where these are deployments and not models. */
final class Deployments {

    private final Map<String, ModelName> models = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Deployments(Map<String, String> models) {
        models.forEach((deployment, model) -> this.models.put(deployment, ModelName.of(model)));
    }

    /** Returns the model that the request of a call is known to mean. */
    Optional<ModelName> modelOf(LlmCall call) {
        return Optional.ofNullable(call.requestedModel()).map(models::get);
    }

    /** Names the model in a call, unless the answer names a snapshot of it. */
    LlmCall resolve(LlmCall call) {
        return modelOf(call)
                .filter(model -> !isSnapshot(call.answeredModel(), model.name()))
                .map(model -> call.toBuilder().answeredModel(model.name()).build())
                .orElse(call);
    }

    private static boolean isSnapshot(@Nullable String answered, String model) {
        return answered != null
                && ModelName.candidates(ModelName.of(answered).name()).contains(model);
    }
}
