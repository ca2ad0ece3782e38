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

    /** What services let one post without a bill for tokens. */
    private static final Pattern FREE = Pattern.compile(".*("
            // Counting tokens
            + "/responses/input_tokens|/messages/count_tokens|:countTokens|/count-tokens|/(de)?tokenize(-text)?"
            // Files, stores, containers and the like
            + "|/files(/[^/]+)*|/uploads(/[^/]+)*|/vector_stores(/[^/]+)*|/containers(/[^/]+)*|/skills(/[^/]+)*"
            + "|/models(/[^/:]+)*"
            // What only sets up or changes a later call
            + "|/assistants(/[^/]+)?|/threads(/[^/]+)?|/threads/[^/]+/messages(/[^/]+)?|/conversations(/[^/]+)*"
            + "|/chat/completions/[^/]+|/realtime/[^/]+|/[^/]+/[^/]+/cancel"
            // Ollama's housekeeping
            + "|/api/(show|pull|push|create|copy|delete|tags|ps|version|blobs/[^/]+)"
            + ")");

    /** Creates the format; found through its services file. */
    public UnreadFormat() {}

    @Override
    public boolean matches(HttpExchange.Request request) {
        return request.method().equals("POST")
                && !FREE.matcher(request.operationPath()).matches();
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        return new UnreadableAnswer(request);
    }

    @Override
    public int order() {
        return Integer.MIN_VALUE;
    }
}
