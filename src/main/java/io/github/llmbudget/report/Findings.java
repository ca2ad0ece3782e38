package io.github.llmbudget.report;

import io.github.llmbudget.price.Cost;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What is worth a look: at most {@link #MOST} of each kind.
 *
 * @param slowest the calls that took longest, the slowest first
 * @param dearest the calls that cost most, the dearest first
 * @param largest the calls with the most input tokens, the largest first
 * @param repeated requests that were sent more than once and answered each time, those that waste most first
 * @param loose limits of which less than half was used, the loosest first
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Findings(
        List<Found> slowest, List<Found> dearest, List<Found> largest, List<Repeated> repeated, List<Loose> loose) {

    /** How many are kept of each kind. */
    public static final int MOST = 10;

    /**
     * Copies the lists.
     *
     * @param slowest the calls that took longest
     * @param dearest the calls that cost most
     * @param largest the calls with the most input tokens
     * @param repeated requests that were sent more than once
     * @param loose limits of which less than half was used
     */
    public Findings {
        slowest = List.copyOf(slowest);
        dearest = List.copyOf(dearest);
        largest = List.copyOf(largest);
        repeated = List.copyOf(repeated);
        loose = List.copyOf(loose);
    }

    /**
     * A call and where it stands.
     *
     * @param test its test
     * @param number its number in the test, from 1
     * @param call the call
     */
    public record Found(TestUsage test, int number, CallUsage call) {}

    /**
     * A request that was sent more than once.
     *
     * @param times how many calls sent it, at least two
     * @param calls the first of these calls, at most {@link #MOST}
     * @param wasted what the calls after the first one cost, without its lines
     */
    public record Repeated(int times, List<Found> calls, Cost wasted) {

        /**
         * Copies the list.
         *
         * @param times how many calls sent it
         * @param calls the first of these calls
         * @param wasted what the calls after the first one cost
         */
        public Repeated {
            calls = List.copyOf(calls);
        }

        /**
         * Returns the model.
         *
         * @return the model that was asked, {@code null} if the request names none
         */
        public @Nullable String model() {
            return calls.get(0).call().call().model();
        }
    }

    /**
     * A limit that is far from what is used of it.
     *
     * @param test the test
     * @param limit the limit
     */
    public record Loose(TestUsage test, LimitUsage limit) {}
}
