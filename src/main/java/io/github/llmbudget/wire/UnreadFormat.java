package io.github.llmbudget.wire;

import java.util.Set;
import org.apiguardian.api.API;

/**
 * Takes whatever is posted to the service and read by no other format. Such a call may cost something, so it is
 * recorded, with counts that nobody knows.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class UnreadFormat implements WireFormat {

    private static final Set<String> FREE =
            Set.of("cancel", "input_tokens", "count_tokens", "moderations", "files", "uploads", "parts", "complete");

    /** Creates the format; found through its services file. */
    public UnreadFormat() {}

    @Override
    public boolean matches(HttpExchange.Request request) {
        String path = request.operationPath();
        return request.method().equals("POST") && !FREE.contains(path.substring(path.lastIndexOf('/') + 1));
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        return new UnreadableAnswer(RequestBody.of(request).model(), request.operationPath());
    }

    @Override
    public int order() {
        return Integer.MIN_VALUE;
    }
}
