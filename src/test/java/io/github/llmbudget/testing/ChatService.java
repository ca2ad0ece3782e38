package io.github.llmbudget.testing;

import java.util.List;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * Streams a chat as the real service does, by the model that is asked for: one that answers at once, or one that reasons
 * before and does not show it. An old service does not know how to report the usage of a stream.
 */
public final class ChatService implements Function<RecordedRequest, MockResponse> {

    /** The tokens of the answer as the service counts them: 9 of text, and 64 of reasoning where there is any. */
    private static final List<String> WORDS =
            List.of("Ref", "unds", " take", " five", " days", ",", " at", " most", ".");

    private static final String AT_ONCE = "{\"prompt_tokens\":13,\"completion_tokens\":9,\"total_tokens\":22}";
    private static final String REASONED = "{\"prompt_tokens\":12,\"completion_tokens\":76,\"total_tokens\":88,"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":64}}";

    private final boolean reportsStreams;

    public ChatService(boolean reportsStreams) {
        this.reportsStreams = reportsStreams;
    }

    @Override
    public MockResponse apply(RecordedRequest request) {
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        String model = body.replaceFirst("(?s).*\"model\":\"([^\"]+)\".*", "$1");
        String head = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + model
                + "\",\"choices\":[";
        return LocalUpstream.stream(request, stream -> {
            for (String word : WORDS) {
                stream.event(head + "{\"index\":0,\"delta\":{\"content\":\"" + word + "\"},\"finish_reason\":null}]}");
            }
            stream.event(head + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
            if (reportsStreams && body.contains("\"include_usage\":true")) {
                stream.event(head + "],\"usage\":" + (model.startsWith("gpt-5") ? REASONED : AT_ONCE) + "}");
            }
            stream.event("[DONE]");
        });
    }
}
