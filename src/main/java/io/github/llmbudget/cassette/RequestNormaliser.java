package io.github.llmbudget.cassette;

import org.apiguardian.api.API;

/**
 * Takes out of requests what differs from run to run without meaning, such as a date in a prompt, before a request is
 * compared with those of a cassette. Nothing that is sent or written changes.
 *
 * <p>It must be pure: the same text gives the same result, always, from any thread.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@FunctionalInterface
public interface RequestNormaliser {

    /**
     * Returns what is compared instead of a request's body.
     *
     * @param body the body; JSON is compact, with its members in alphabetical order, and without the fields that are
     *     ignored
     * @return the text that is compared
     */
    String normalise(String body);
}
