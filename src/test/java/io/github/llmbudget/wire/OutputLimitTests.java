package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputLimitTests {

    private static final WireFormats FORMATS = WireFormats.all();

    private static OptionalLong limit(String path, String body) {
        HttpExchange.Request request = new HttpExchange.Request("POST", path, List.of(), body.getBytes(UTF_8));
        return FORMATS.find(request).orElseThrow().outputLimit(request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/chat/completions | {"messages":[],"max_tokens":100}                                    | 100
                    /v1/chat/completions | {"messages":[],"max_completion_tokens":100}                         | 100
                    /v1/chat/completions | {"messages":[],"max_completion_tokens":100,"n":3}                   | 300
                    /v1/responses        | {"input":"Hi","max_output_tokens":100}                              | 100
                    /v1/completions      | {"prompt":"Hi","max_tokens":100}                                    | 100
                    /v1/completions      | {"prompt":["Hi","Ho"],"max_tokens":100,"best_of":2,"n":1}           | 400
                    /v1/completions      | {"prompt":[17,4,11],"max_tokens":100}                               | 100
                    /v1/messages         | {"messages":[],"max_tokens":100}                                    | 100
                    /v1beta/models/gemini-2.5-pro:generateContent | {"contents":[],"generationConfig":{"maxOutputTokens":100,"candidateCount":2}} | 200
                    /api/chat            | {"messages":[],"options":{"num_predict":100}}                       | 100
                    /v1/embeddings       | {"input":"Hi"}                                                      | 0
                    """)
    void findsTheBoundByItsManyNames(String path, String body, long limit) {
        assertThat(limit(path, body)).hasValue(limit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/chat/completions | {"messages":[]}
                    /v1/chat/completions | {"messages":[],"max_tokens":null}
                    /v1/chat/completions | {"messages":[],"max_tokens":"100"}
                    /api/chat            | {"messages":[],"options":{"num_predict":-1}}
                    /v1/somewhere/else   | {"max_tokens":100}
                    """)
    void knowsNoBoundWhereThereIsNone(String path, String body) {
        assertThat(limit(path, body)).isEmpty();
    }

    @Test
    void doesNotOverflow() {
        assertThat(limit("/v1/chat/completions", "{\"messages\":[],\"max_tokens\":9000000000000000000,\"n\":9}"))
                .hasValue(Long.MAX_VALUE);
    }
}
