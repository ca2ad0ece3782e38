package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProxySelector;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("changes the proxy selector")
class BypassWatchTests {

    private final ProxySelector own = ProxySelector.of(null);
    private ProxySelector before;

    @BeforeEach
    void standsAlone() {
        before = ProxySelector.getDefault();
        ProxySelector.setDefault(own);
    }

    @AfterEach
    void putBack() {
        ProxySelector.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource({
        "api.openai.com, true",
        "eu.api.openai.com, true",
        "acme.openai.azure.com, true",
        "acme.services.ai.azure.com, true",
        "API.Anthropic.com, true",
        "generativelanguage.googleapis.com, true",
        "europe-west1-aiplatform.googleapis.com, true",
        "bedrock-runtime.eu-west-1.amazonaws.com, true",
        "api.groq.com, true",
        "api.mistral.ai, true",
        "openrouter.ai, true",
        "openai.com, false",
        "api.openai.com.example.org, false",
        "s3.eu-west-1.amazonaws.com, false",
        "storage.googleapis.com, false",
        "repo.maven.apache.org, false",
        "127.0.0.1, false"
    })
    void knowsServicesOfModelsByTheirHosts(String host, boolean isModelService) {
        assertThat(BypassWatch.isModelService(host)).isEqualTo(isModelService);
    }

    @Test
    void standsOnceForSeveralRunsAndGoesWithTheLast() {
        BypassWatch first = BypassWatch.begin();
        BypassWatch second = BypassWatch.begin();

        assertThat(second).isSameAs(first).isSameAs(ProxySelector.getDefault());
        assertThat(BypassWatch.unwatched()).isSameAs(own);
        first.end();
        assertThat(ProxySelector.getDefault()).isSameAs(second);
        second.end();
        assertThat(ProxySelector.getDefault()).isSameAs(own);
    }

    @Test
    void leavesASelectorThatWasSetMeanwhile() {
        BypassWatch watch = BypassWatch.begin();
        ProxySelector another = ProxySelector.of(null);
        ProxySelector.setDefault(another);

        watch.end();

        assertThat(ProxySelector.getDefault()).isSameAs(another);
    }

    @Test
    void worksInAJvmWithoutASelector() {
        ProxySelector.setDefault(null);

        BypassWatch watch = BypassWatch.begin();

        assertThat(watch.select(URI.create("https://example.org"))).isNotEmpty();
        assertThat(BypassWatch.unwatched()).isNotNull();
        watch.end();
        assertThat(ProxySelector.getDefault()).isNull();
    }
}
