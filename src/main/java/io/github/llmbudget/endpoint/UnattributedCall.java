package io.github.llmbudget.endpoint;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A call to the shared address of which nobody can tell whose it is.
 *
 * @param request the request, without anything that may hold a key
 * @param tests the names of the tests it may belong to
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record UnattributedCall(String request, List<String> tests) {

    /**
     * Copies the list.
     *
     * @param request the request, without anything that may hold a key
     * @param tests the names of the tests it may belong to
     */
    public UnattributedCall {
        tests = List.copyOf(tests);
    }
}
