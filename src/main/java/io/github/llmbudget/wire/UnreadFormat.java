package io.github.llmbudget.wire;

import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Takes whatever is posted to the service and read by no other format. Such a call may cost something, so it is
 * recorded, with counts that nobody knows.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class UnreadFormat implements WireFormat {

    private static final Pattern FREE = Pattern.compile(
            ".*/(moderations|files|uploads(/.+)?|responses/input_tokens|messages/count_tokens|[^/]+/[^/]+/cancel)");

    /** Creates the format; found through its services file. */
    public UnreadFormat() {}

    @Override
    public boolean matches(HttpExchange.Request request) {
        return request.method().equals("POST")
                && !FREE.matcher(request.operationPath()).matches();
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
