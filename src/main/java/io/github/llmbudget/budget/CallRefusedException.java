package io.github.llmbudget.budget;

import org.apiguardian.api.API;

/**
 * Tells that a hard limit has no room for a call, or that its model is not allowed. The call must not be sent.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CallRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Whether a limit has no room, rather than a model not being allowed. */
    private final boolean overBudget;

    private CallRefusedException(String message, boolean overBudget) {
        super(message, null, false, false);
        this.overBudget = overBudget;
    }

    static CallRefusedException overBudget(String message) {
        return new CallRefusedException(message, true);
    }

    static CallRefusedException otherModel(String message) {
        return new CallRefusedException(message, false);
    }

    /**
     * Tells why.
     *
     * @return {@code true} if a limit has no room, {@code false} if the model is not allowed
     */
    public boolean isOverBudget() {
        return overBudget;
    }
}
