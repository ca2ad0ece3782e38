package io.github.llmbudget.wire;

import java.util.List;
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

    /** Ends of the paths that services let one post to without a bill for tokens. */
    private static final List<String> FREE = List.of(
            // Counting tokens
            "/responses/input_tokens",
            "/messages/count_tokens",
            "/models/[^/:]+:(countTokens|computeTokens)",
            "/models/count-tokens:rawPredict",
            "/count-tokens",
            "/(de)?tokenize(-text)?",
            "/utils/token_counter",
            // Files, stores and containers
            "/files(/[^/]+)?",
            "/uploads(/[^/]+/(parts|complete|cancel))?",
            "/vector_stores(/[^/]+)?(/(files|file_batches|search))?(/[^/]+)?(/(cancel|search))?",
            "/containers(/[^/]+/files)?",
            "/skills(/[^/]+/versions)?",
            // What only sets up, changes or stops a later call
            "/assistants(/[^/]+)?",
            "/threads(/[^/]+)?(/messages(/[^/]+)?)?",
            "/conversations(/[^/]+)?(/items)?",
            "/agents",
            "/evals",
            "/chat/completions/[^/]+",
            "/realtime/(sessions|transcription_sessions|client_secrets)",
            "/(batches|jobs|runs)/[^/]+/cancel",
            // Ollama's housekeeping
            "/api/(show|pull|push|create|copy|delete|blobs/[^/]+)");

    private static final Pattern FREE_PATH = Pattern.compile("(" + String.join("|", FREE) + ")$");

    private final Remembered<Boolean> free =
            new Remembered<>(path -> FREE_PATH.matcher(path).find());

    /** Creates the format; found through its services file. */
    public UnreadFormat() {}

    @Override
    public boolean matches(HttpExchange.Request request) {
        return request.method().equals("POST") && !free.about(request.operationPath());
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
