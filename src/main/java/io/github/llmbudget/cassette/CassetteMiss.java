package io.github.llmbudget.cassette;

import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * A request that found no recorded answer.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CassetteMiss {

    private final ComparisonText sent;
    private final int recorded;
    private final int asked;
    private final NearestRequests nearest;

    CassetteMiss(ComparisonText sent, int recorded, int asked, NearestRequests nearest) {
        this.sent = sent;
        this.recorded = recorded;
        this.asked = asked;
        this.nearest = nearest;
    }

    /**
     * Returns which request it is.
     *
     * @return method, path and model
     */
    public String request() {
        return sent.name();
    }

    /**
     * Says why there is no answer: what was recorded instead, and what differs. It is worked out when it is asked for.
     *
     * @return the request, and lines of explanation below it
     */
    public String describe() {
        return new MissText(sent, recorded, asked, nearest)
                .toString()
                .lines()
                .map(line -> line.isEmpty() ? line : "  " + line)
                .collect(Collectors.joining("\n", request() + "\n", ""));
    }

    @Override
    public String toString() {
        return request();
    }
}
