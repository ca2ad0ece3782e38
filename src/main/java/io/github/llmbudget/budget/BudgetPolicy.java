package io.github.llmbudget.budget;

import org.apiguardian.api.API;

/**
 * What a budget does about numbers it does not have.
 *
 * @param unknownPrice what a model without a price does under a cost limit
 * @param missingUsage what a call without reported usage does under a limit on tokens or cost
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BudgetPolicy(UnknownPrice unknownPrice, MissingUsage missingUsage) {

    /** Fails on unknown prices, and takes estimates. */
    public static final BudgetPolicy DEFAULT = new BudgetPolicy(UnknownPrice.FAIL, MissingUsage.ESTIMATE);

    /** What a model without a price does under a cost limit. */
    public enum UnknownPrice {
        /** The test fails. */
        FAIL,
        /** The report says so, and the limit holds for the rest. */
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
