package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageTotals;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The models that a test may call. Immutable, hence safe for use by many threads.
 *
 * @param names the names; each stands for its dated snapshots too, and {@code *} for any characters
 * @param roles the roles of the calls that are held to them
 * @param declaration how they were declared
 * @param declaredOn where
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record AllowedModelNames(List<String> names, Set<Role> roles, String declaration, String declaredOn) {

    /**
     * Copies the names.
     *
     * @param names the names
     * @param roles the roles of the calls that are held to them
     * @param declaration how they were declared
     * @param declaredOn where
     */
    public AllowedModelNames {
        names = List.copyOf(names);
        roles = Set.copyOf(roles);
    }

    /**
     * Tells whether a call may be made.
     *
     * @param call the call, answered or not
     * @param prices knows which models the names of deployments stand for
     * @return whether its model is allowed; a call that names none may be made, as long as its answer does not
     */
    boolean allow(LlmCall call, PriceCatalog prices) {
        String model = prices.resolve(call).model();
        return !roles.contains(call.role())
                || model == null
                || Stream.of(model, prices.withoutSnapshotDate(model))
                        .anyMatch(name -> names.stream().anyMatch(allowed -> matches(name, allowed)));
    }

    private static boolean matches(String name, String allowed) {
        String pattern = Pattern.quote(allowed.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
        return Pattern.matches(pattern, name.toLowerCase(Locale.ROOT));
    }

    /**
     * Finds the models that answered though they are not allowed.
     *
     * @param usage the usage of a test
     * @param prices knows which models the names of deployments stand for
     * @return their names, each once, in order
     */
    public List<String> othersIn(UsageTotals usage, PriceCatalog prices) {
        return usage.calls().stream()
                .filter(call -> !allow(call, prices))
                .map(LlmCall::model)
                .distinct()
                .collect(Collectors.toList());
    }

    String refusal(@Nullable String model, String test) {
        return "llm-budget did not send this call of " + test + ": " + model + " is none of " + declaration + " on "
                + declaredOn + ".";
    }
}
