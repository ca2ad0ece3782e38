package io.github.llmbudget.cassette;

import org.apiguardian.api.API;

/**
 * A recorded exchange that nobody asked for.
 *
 * @param number its number in the cassette, from 1
 * @param request method, path and model
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record UnusedExchange(int number, String request) {

    /**
     * Says on one line which exchange it is.
     *
     * @return number, method, path and model
     */
    public String describe() {
        return "#" + number + " " + request;
    }
}
