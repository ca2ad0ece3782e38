package io.github.llmbudget.testing;

import java.util.List;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Answers legacy completions as the real service does: usage in a stream only if the request asks for it. */
public record CompletionsService(boolean reportsStreams) implements Function<RecordedRequest, MockResponse> {

    private static final List<String> WORDS =
            List.of("\\n\\n", "Why", " don't", " scientists", " trust", " atoms", "?");
    private static final List<String> PUNCH_LINE =
            List.of("\\n\\n", "Because", " they", " make", " up", " everything", ".");
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":14,\"total_tokens\":18}";

    @Override
    public MockResponse apply(RecordedRequest request) {
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        if (!body.contains("\"stream\":true")) {
            return LocalUpstream.json(completion(
                    "\"" + String.join("", WORDS) + String.join("", PUNCH_LINE) + "\"", "\"stop\"", "," + USAGE));
        }
        boolean asked = body.contains("\"include_usage\":true");
        String noUsage = asked && reportsStreams ? ",\"usage\":null" : "";
        return LocalUpstream.stream(request, stream -> {
            for (String word : WORDS) {
                stream.event(completion("\"" + word + "\"", "null", noUsage));
            }
            for (String word : PUNCH_LINE) {
                stream.event(completion("\"" + word + "\"", "null", noUsage));
            }
            stream.event(completion("\"\"", "\"stop\"", noUsage));
            if (asked && reportsStreams) {
                stream.event("{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,"
                        + "\"model\":\"gpt-3.5-turbo-instruct:20230824-v2\",\"choices\":[]," + USAGE + "}");
            }
            stream.event("[DONE]");
        });
    }

    private static String completion(String text, String finishReason, String usage) {
        return "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,"
                + "\"choices\":[{\"text\":" + text + ",\"index\":0,\"logprobs\":null,\"finish_reason\":" + finishReason
                + "}],\"model\":\"gpt-3.5-turbo-instruct:20230824-v2\"" + usage + "}";
    }
}
