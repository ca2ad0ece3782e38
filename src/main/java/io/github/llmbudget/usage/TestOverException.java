package io.github.llmbudget.usage;

import org.apiguardian.api.API;

/**
 * Tells that a call begins whose test is over.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TestOverException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    TestOverException() {
        super("The test is over; it takes no more calls");
    }
}
