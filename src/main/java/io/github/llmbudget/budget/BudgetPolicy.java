package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * What a budget does about numbers it does not have.
 *
 * @param unknownPrice what a model without a price does under a cost limit
 * @param missingUsage what a call without reported usage does under a limit on tokens or cost
 * @param unknownPriceOf what single models without a price do, by their names
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BudgetPolicy(
        UnknownPrice unknownPrice, MissingUsage missingUsage, Map<String, UnknownPrice> unknownPriceOf) {

    /** Fails on unknown prices, and takes estimates. */
    public static final BudgetPolicy DEFAULT = new BudgetPolicy(UnknownPrice.FAIL, MissingUsage.ESTIMATE);

    /**
     * Copies the exceptions, with their names in lower case.
     *
     * @param unknownPrice what a model without a price does under a cost limit
     * @param missingUsage what a call without reported usage does under a limit on tokens or cost
     * @param unknownPriceOf what single models without a price do, by their names in any case
     */
    public BudgetPolicy {
        unknownPriceOf = unknownPriceOf.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        policy -> policy.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    /**
     * A policy that treats all models alike.
     *
     * @param unknownPrice what a model without a price does under a cost limit
     * @param missingUsage what a call without reported usage does under a limit on tokens or cost
     */
    public BudgetPolicy(UnknownPrice unknownPrice, MissingUsage missingUsage) {
        this(unknownPrice, missingUsage, Map.of());
    }

    /**
     * Tells what a call does whose price is not known.
     *
     * @param call the call
     * @return what is said of the model that answered, else of the one that was asked for, else of all
     */
    public UnknownPrice unknownPrice(LlmCall call) {
        return Stream.of(Optional.ofNullable(call.answeredModel()), Optional.ofNullable(call.requestedModel()))
                .flatMap(Optional::stream)
                .flatMap(model -> Optional.ofNullable(unknownPriceOf.get(model.toLowerCase(Locale.ROOT))).stream())
                .findFirst()
                .orElse(unknownPrice);
    }

    /** What a model without a price does under a cost limit. */
    public enum UnknownPrice {
        /** The test fails. */
        FAIL,
        /** A warning and the report say so, and the limit holds for the rest. */
        WARN
    }

    /** What a call without reported usage does. */
    public enum MissingUsage {
        /** It is counted here, and marked as estimated. */
        ESTIMATE,
        /** The test fails. */
        FAIL
    }
}
