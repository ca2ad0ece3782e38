package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in one pass over a request is what its tree tells. */
class RequestBodyTests {

    @Test
    void findsWhatTheTreesOfAllRecordedRequestsTell() {
        for (Recording recording : Recording.all()) {
            assertAgree(recording.request());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"gpt-4o\",\"stream\":true,\"n\":3,\"stream_options\":{\"include_usage\":true}}",
                "{ \"messages\" : [ { \"model\": \"no\", \"stream\": true } ],\n \"model\" : \"a\\u0062c\",\r\n\t\"stream\" : false }\n",
                "{\"stream\":\"true\",\"model_id\":\"ibm/granite\",\"n\":1}",
                "{\"model\":\"first\",\"model\":\"last\"}",
                "{\"stream_options\":{\"other\":1},\"stream\":1}",
                "{\"model\":{\"name\":\"no text\"},\"n\":\"2\"}",
                "[{\"model\":\"in an array\"}]",
                "{\"model\":\"broken off\"",
                "{\"model\":\"more\"} {}",
                "{\"mo\\u0064el\":\"escaped\"}",
                "no json",
                ""
            })
    void findsWhatTheTreeTells(String body) {
        assertAgree(Answers.post("/v1/chat/completions", body));
    }

    @Test
    void tellsEqualRequestsToOnePathFromAllOthers() {
        HttpExchange.Request request = Answers.post("/v1/chat/completions", "{\"model\":\"a\"}");

        assertThat(digest(request)).isEqualTo(digest(Answers.post("/v1/chat/completions/?a=b", "{\"model\":\"a\"}")));
        assertThat(digest(request)).isNotEqualTo(digest(request.withPath("/v1/responses")));
        assertThat(digest(request)).isNotEqualTo(digest(request.withBody("{\"model\":\"b\"}".getBytes(UTF_8))));
        assertThat(digest(request))
                .isEqualTo(digest(request.to("api.openai.com").withHeaders(List.of())));
    }

    private static String digest(HttpExchange.Request request) {
        return RequestBody.of(request).digest();
    }

    private static void assertAgree(HttpExchange.Request request) {
        RequestBody body = RequestBody.of(request);
        JsonObject tree = body.json();
        assertThat(body.model()).as("model of %s", request).isEqualTo(text(tree, "model"));
        assertThat(body.modelId()).as("model_id of %s", request).isEqualTo(text(tree, "model_id"));
        assertThat(body.isStreaming()).as("stream of %s", request).isEqualTo(isTrue(tree, "stream"));
        assertThat(body.choices())
                .as("choices of %s", request)
                .isEqualTo(tree.get("n") instanceof JsonPrimitive n && n.isNumber() ? n.getAsLong() : 1);
        assertThat(body.asksForUsage())
                .as("usage of %s", request)
                .isEqualTo(
                        tree.get("stream_options") instanceof JsonObject options && isTrue(options, "include_usage"));
    }

    private static @Nullable String text(JsonObject object, String member) {
        return object.get(member) instanceof JsonPrimitive value ? value.getAsString() : null;
    }

    private static boolean isTrue(JsonObject object, String member) {
        return object.get(member) instanceof JsonPrimitive flag && flag.getAsBoolean();
    }
}
