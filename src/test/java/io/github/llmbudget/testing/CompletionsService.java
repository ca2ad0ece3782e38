package io.github.llmbudget.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * Answers legacy completions as the real service does: usage in a stream only if the request asks for it, and an id of
 * its own for each answer, also to equal requests.
 */
public final class CompletionsService implements Function<RecordedRequest, MockResponse> {

    private static final List<String> WORDS =
            List.of("\\n\\n", "Why", " don't", " scientists", " trust", " atoms", "?");
    private static final List<String> PUNCH_LINE =
            List.of("\\n\\n", "Because", " they", " make", " up", " everything", ".");
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":14,\"total_tokens\":18}";

    private final boolean reportsStreams;
    private final AtomicInteger answers = new AtomicInteger();

    public CompletionsService(boolean reportsStreams) {
        this.reportsStreams = reportsStreams;
    }

    @Override
    public MockResponse apply(RecordedRequest request) {
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        String head = "{\"id\":\"cmpl-" + answers.incrementAndGet()
                + "\",\"object\":\"text_completion\",\"created\":1,"
                + "\"model\":\"gpt-3.5-turbo-instruct:20230824-v2\",\"choices\":[";
        if (!body.contains("\"stream\":true")) {
            return LocalUpstream.json(
                    head + choice("\"" + String.join("", WORDS) + String.join("", PUNCH_LINE) + "\"", "\"stop\"") + "],"
                            + USAGE + "}");
        }
        boolean asked = body.contains("\"include_usage\":true");
        String noUsage = asked && reportsStreams ? ",\"usage\":null" : "";
        return LocalUpstream.stream(request, stream -> {
            for (String word : WORDS) {
                stream.event(head + choice("\"" + word + "\"", "null") + "]" + noUsage + "}");
            }
            for (String word : PUNCH_LINE) {
                stream.event(head + choice("\"" + word + "\"", "null") + "]" + noUsage + "}");
            }
            stream.event(head + choice("\"\"", "\"stop\"") + "]" + noUsage + "}");
            if (asked && reportsStreams) {
                stream.event(head + "]," + USAGE + "}");
            }
            stream.event("[DONE]");
        });
    }

    private static String choice(String text, String finishReason) {
        return "{\"text\":" + text + ",\"index\":0,\"logprobs\":null,\"finish_reason\":" + finishReason + "}";
    }
}
