package io.github.llmbudget.endpoint;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A reply of the script of a test that no request asked for.
 *
 * @param reply what it is, in a few words
 * @param matcher for which requests it is meant, {@code null} for the next one
 * @param left how often it was not given
 * @param times how often it was to be given
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record UnusedReply(String reply, @Nullable String matcher, int left, int times) {

    /** Returns reply, matcher and number in a line. */
    @Override
    public String toString() {
        String number = times == 1 ? "" : " (" + left + " of " + times + " times)";
        return reply + (matcher == null ? "" : " when " + matcher) + number;
    }
}
