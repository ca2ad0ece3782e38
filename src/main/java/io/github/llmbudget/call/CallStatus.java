package io.github.llmbudget.call;

import org.apiguardian.api.API;

/**
 * How a call ended.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum CallStatus {
    /** The whole answer came. */
    COMPLETE("complete"),
    /** The answer broke off: the service dropped the connection or the client closed it. */
    CUT("cut"),
    /** The service answered with an error, or the connection failed before any answer. */
    FAILED("failed"),
    /** The call was still running when its test was over. */
    UNFINISHED("unfinished");

    private final String label;

    CallStatus(String label) {
        this.label = label;
    }

    /**
     * Returns the name shown in messages and reports.
     *
     * @return the lower-case name
     */
    public String label() {
        return label;
    }
}
