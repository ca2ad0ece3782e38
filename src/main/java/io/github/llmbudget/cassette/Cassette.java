package io.github.llmbudget.cassette;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What one test and its service said to each other.
 *
 * @param test the unique name of the test
 * @param upstream the host of the service, such as {@code api.openai.com}; {@code null} if it has none
 * @param exchanges the exchanges, in the order in which they began
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Cassette(String test, @Nullable String upstream, List<RecordedExchange> exchanges) {

    /**
     * Creates a cassette.
     *
     * @param test the unique name of the test
     * @param upstream the host of the service; {@code null} if it has none
     * @param exchanges the exchanges, copied
     */
    public Cassette {
        exchanges = List.copyOf(exchanges);
    }
}
