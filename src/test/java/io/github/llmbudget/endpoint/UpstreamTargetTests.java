package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmbudget.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTargetTests {

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, /v1/chat/completions, https://api.openai.com/v1/chat/completions",
        "https://api.openai.com, /v1/chat/completions, https://api.openai.com/v1/chat/completions",
        "https://api.openai.com//, /chat/completions?a=b, https://api.openai.com/v1/chat/completions?a=b",
        "https://api.deepseek.com, /chat/completions, https://api.deepseek.com/v1/chat/completions",
        "https://openrouter.ai/api/v1, /v1/chat/completions, https://openrouter.ai/api/v1/chat/completions",
        "https://openrouter.ai/api/v1, /chat/completions, https://openrouter.ai/api/v1/chat/completions",
        "https://h/v1beta/openai, /v1/chat/completions, https://h/v1beta/openai/chat/completions",
        "https://h/v1beta/openai, /chat/completions, https://h/v1beta/openai/chat/completions",
        "https://api.z.ai/api/paas/v4, /v1/chat/completions, https://api.z.ai/api/paas/v4/chat/completions",
        "https://gateway/llm, /v1/chat/completions, https://gateway/llm/chat/completions",
        "https://h/v1, /v1, https://h/v1",
        "https://h/v1, /v1.5/models, https://h/v1/v1.5/models",
        "https://h/v1, /apis, https://h/v1/apis",
    })
    void sendsPathsOfOpenAiBelowTheBaseUrl(String baseUrl, String path, String url) {
        assertThat(url(baseUrl, path)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h, /v1beta/models/g:generateContent, https://h/v1beta/models/g:generateContent",
        "https://h, /upload/v1beta/files?uploadType=resumable, https://h/upload/v1beta/files?uploadType=resumable",
        "https://h, /v1beta/openai/chat/completions, https://h/v1beta/openai/chat/completions",
        "https://h, /v1alpha/models, https://h/v1alpha/models",
        "https://h, /v2/chat, https://h/v2/chat",
        "https://api.anthropic.com, /v1/messages, https://api.anthropic.com/v1/messages",
        "https://h, /anthropic/v1/messages, https://h/anthropic/v1/messages",
        "https://h, /openai/deployments/d/chat/completions?api-version=1,"
                + " https://h/openai/deployments/d/chat/completions?api-version=1",
        "https://h, //openai/deployments/d/chat/completions, https://h//openai/deployments/d/chat/completions",
        "https://h/v1, //v1/messages, https://h//v1/messages",
        "https://h, /ml/v1/text/generation?version=1, https://h/ml/v1/text/generation?version=1",
        "https://h, /model/anthropic.claude-v1%3A0/converse, https://h/model/anthropic.claude-v1%3A0/converse",
        "https://h, /models/chat/completions?api-version=1, https://h/models/chat/completions?api-version=1",
        "http://localhost:11434, /api/chat, http://localhost:11434/api/chat",
        "http://localhost:11434/v1, /api/chat, http://localhost:11434/api/chat",
        "https://h, /v1/projects/p/locations/l/publishers/google/models/m:generateContent,"
                + " https://h/v1/projects/p/locations/l/publishers/google/models/m:generateContent",
        "https://h, /v1beta1/projects/p/models/m:rawPredict, https://h/v1beta1/projects/p/models/m:rawPredict",
        "https://gateway/llm/v1, /v1beta/models, https://gateway/llm/v1beta/models",
        "https://gateway/ollama/v1, /api/chat, https://gateway/ollama/api/chat",
    })
    void sendsPathsWithAVersionOrRootOfTheirOwnToTheRoot(String baseUrl, String path, String url) {
        assertThat(url(baseUrl, path)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/v1beta, /v1beta/models/g:countTokens, https://h/v1beta/models/g:countTokens",
        "https://h/v1beta, /upload/v1beta/files, https://h/upload/v1beta/files",
        "https://h/v1beta/openai, /v1beta/openai/embeddings, https://h/v1beta/openai/embeddings",
        "https://h/openai, /openai/deployments/d/embeddings, https://h/openai/deployments/d/embeddings",
        "https://h/openai/v1, /openai/deployments/d/embeddings, https://h/openai/deployments/d/embeddings",
        "https://h/openai/v1, /openai/v1/responses, https://h/openai/v1/responses",
        "https://openrouter.ai/api/v1, /api/v1/chat/completions, https://openrouter.ai/api/v1/chat/completions",
        "http://api:11434, /api/chat, http://api:11434/api/chat",
    })
    void countsOnceWhatAPathRepeatsOfTheBaseUrl(String baseUrl, String path, String url) {
        assertThat(url(baseUrl, path)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com/anthropic, /v1/messages, https://api.deepseek.com/anthropic/v1/messages",
        "https://api.deepseek.com/anthropic/v1, /v1/messages, https://api.deepseek.com/anthropic/v1/messages",
        "https://h/anthropic, /v1/messages/count_tokens?beta=true, https://h/anthropic/v1/messages/count_tokens?beta=true",
        "https://openrouter.ai/api/v1, /v1/messages, https://openrouter.ai/api/v1/messages",
    })
    void keepsTheVersionThatClientsOfAnthropicPutAfterTheBaseUrl(String baseUrl, String path, String url) {
        assertThat(url(baseUrl, path)).isEqualTo(url);
    }

    @Test
    void knowsItsHost() {
        assertThat(new UpstreamTarget("https://API.Mistral.ai:8443/v1", null).host())
                .isEqualTo("api.mistral.ai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:hunter2@h/v1", "https://h/v1?key=hunter2", "https://h/v1#hunter2"})
    void refusesAnUpstreamWithMoreThanHostAndPathWithoutShowingIt(String baseUrl) {
        assertThatThrownBy(() -> new UpstreamTarget(baseUrl, null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("llmbudget.upstream must be a URL of host and path")
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"user:hunter2@h", "ftp://user:hunter2@h", "https://h /v1?key=hunter2", "https://u:hunter2@h h"})
    void refusesWhatIsNoUrlWithoutShowingWhatMayBeSecret(String baseUrl) {
        assertThatThrownBy(() -> new UpstreamTarget(baseUrl, null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be the base URL of a service")
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-re al", "sk-real\n", "sk-réal", "sk-real\u200b"})
    void refusesAKeyThatNoHeaderCanCarryWithoutShowingIt(String key) {
        assertThatThrownBy(() -> new UpstreamTarget("https://h", key))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The key of https://h/v1 has a blank or a character that is not ASCII. Look for what was"
                        + " copied along with it.");
    }

    private static String url(String baseUrl, String path) {
        return new UpstreamTarget(baseUrl, null).url(path);
    }
}
