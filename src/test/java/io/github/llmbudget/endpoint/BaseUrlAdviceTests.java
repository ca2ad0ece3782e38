package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlAdviceTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/chat/completions",
                "//chat/completions?api-version=1",
                "/embeddings",
                "/responses/resp_1",
                "/audio/speech"
            })
    void missesTheVersionThatTheServiceWants(String path) {
        assertThat(BaseUrlAdvice.about(path))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("was given rootUrl(), and needs baseUrl()")
                        .doesNotContain("api-version", "resp_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/v1/chat/completions",
                "/v1/v1beta/models/gemini-2.5-flash:generateContent",
                "/v1/openai/deployments/d/chat/completions",
                "/v1/anthropic/v1/messages",
                "/v1/api/chat"
            })
    void seesAVersionBeforeWhatBeginsAtTheRoot(String path) {
        assertThat(BaseUrlAdvice.about(path))
                .hasValueSatisfying(advice -> assertThat(advice).contains("was given baseUrl(), and needs rootUrl()"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions",
                "/v1/messages",
                "/v1beta/models/gemini-2.5-flash:generateContent",
                "/openai/deployments/d/chat/completions",
                "/api/chat",
                "/v1/models",
                "/v1/openai/chat/completions",
                "/generate"
            })
    void hasNothingToSayOfOthers(String path) {
        assertThat(BaseUrlAdvice.about(path)).isEmpty();
    }
}
