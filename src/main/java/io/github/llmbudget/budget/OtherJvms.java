package io.github.llmbudget.budget;

import org.apiguardian.api.API;

/**
 * The other JVMs of the same run, as far as they share its limits. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface OtherJvms {

    /** For a run that has limits of its own JVM only. */
    OtherJvms NONE = new OtherJvms() {
        @Override
        public void catchUp() {}

        @Override
        public void publish(String id, String test, Amounts amounts) {}
    };

    /** Adds to the accounts of the run what the others have used since the last time. */
    void catchUp();

    /**
     * Adds to the accounts of the run what a test of this JVM used, and tells the others.
     *
     * @param id the unique id of the test
     * @param test its name
     * @param amounts what it used
     */
    void publish(String id, String test, Amounts amounts);
}
