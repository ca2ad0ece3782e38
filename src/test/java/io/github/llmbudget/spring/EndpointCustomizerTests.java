package io.github.llmbudget.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.llmbudget.endpoint.LlmEndpoint;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextManager;

class EndpointCustomizerTests {

    private static final String BASE_URL = "spring.ai.openai.base-url";
    private static final String API_KEY = "spring.ai.openai.api-key";
    private static final String CHAT_BASE_URL = "spring.ai.openai.chat.base-url";
    private static final String CHAT_API_KEY = "spring.ai.openai.chat.api-key";

    private static final String AHEAD_OF_TIME = "spring.aot.processing";

    private static final LlmEndpoint SHARED = LlmEndpoint.shared();

    @AfterEach
    void unset() {
        System.clearProperty(BASE_URL);
        System.clearProperty(CHAT_API_KEY);
        System.clearProperty(AHEAD_OF_TIME);
    }

    @Test
    void leadsAllKindsOfModelsToTheSharedAddress() {
        assertThat(SpringAi.TWO.properties(SHARED))
                .hasSize(14)
                .allSatisfy((name, value) ->
                        assertThat(value).isEqualTo(name.endsWith("key") ? SHARED.apiKey() : SHARED.baseUrl()))
                .containsKeys(BASE_URL, API_KEY, CHAT_BASE_URL, "spring.ai.openai.audio.transcription.api-key");
    }

    @Test
    void leavesTheVersionToThePathsOfSpringAi1() {
        assertThat(SpringAi.ONE.properties(SHARED))
                .contains(
                        entry(CHAT_BASE_URL, SHARED.rootUrl()),
                        entry("spring.ai.openai.chat.completions-path", "/v1/chat/completions"),
                        entry("spring.ai.openai.moderation.base-url", SHARED.rootUrl() + "/"));
    }

    @Test
    void sharesOneContextAmongClasses() {
        assertThat(context(SpringTestCases.SetsNothing.class))
                .isSameAs(context(SpringTestCases.SetsNothingEither.class));
    }

    @ParameterizedTest
    @ValueSource(classes = {SpringTestCases.SetsNothing.class, SpringTestCases.OfAConfiguredApplication.class})
    void goesBeforeApplicationAndSystem(Class<?> testClass) {
        System.setProperty(BASE_URL, "https://real.example");
        System.setProperty(CHAT_API_KEY, "sk-real");

        assertThat(environment(testClass)).satisfies(EndpointCustomizerTests::isLedToTheEndpoint);
    }

    @Test
    void goesBeforeJsonInTheEnvironment() {
        var environment = new MockEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("spring.application.json", Map.of(CHAT_API_KEY, "sk-real")));
        var context = new GenericApplicationContext();
        context.setEnvironment(environment);

        new EndpointCustomizer(SpringAi.TWO)
                .customizeContext(context, new MergedContextConfiguration(Object.class, null, null, null, null));

        isLedToTheEndpoint(environment);
    }

    @Test
    void leavesAllKindsOfModelsToATestThatSetsTheirAddress() {
        assertThat(environment(SpringTestCases.SetsTheAddressOfAll.class)).satisfies(it -> {
            assertThat(it.getProperty(BASE_URL)).isEqualTo("http://test");
            assertThat(it.getProperty(CHAT_BASE_URL)).isEqualTo("http://test");
            assertThat(it.getProperty(API_KEY)).isNull();
            assertThat(it.getProperty(CHAT_API_KEY)).isNull();
        });
    }

    @Test
    void leavesOneKindOfModelsToATestThatSetsItsAddress() {
        assertThat(environment(SpringTestCases.SetsTheAddressOfChats.class)).satisfies(it -> {
            assertThat(it.getProperty(CHAT_BASE_URL)).isEqualTo("http://test");
            assertThat(it.getProperty(CHAT_API_KEY)).isNull();
            assertThat(it.getProperty("spring.ai.openai.embedding.base-url")).isEqualTo(SHARED.baseUrl());
            assertThat(it.getProperty("spring.ai.openai.embedding.api-key")).isEqualTo(SHARED.apiKey());
        });
    }

    @Test
    void readsTheFilesOfATest() {
        assertThat(environment(SpringTestCases.SetsTheAddressOfChatsInAFile.class))
                .satisfies(it -> {
                    assertThat(it.getProperty(CHAT_BASE_URL)).isEqualTo("https://chat.example");
                    assertThat(it.getProperty(CHAT_API_KEY)).isEqualTo("sk-real-too");
                    assertThat(it.getProperty("spring.ai.openai.embedding.api-key"))
                            .isEqualTo("sk-real");
                    assertThat(it.getProperty("spring.ai.openai.embedding.base-url"))
                            .isEqualTo(SHARED.baseUrl());
                });
    }

    @Test
    void leavesATestItsKey() {
        assertThat(environment(SpringTestCases.SetsTheKey.class)).satisfies(it -> {
            assertThat(it.getProperty(BASE_URL)).isEqualTo(SHARED.baseUrl());
            assertThat(it.getProperty(CHAT_BASE_URL)).isEqualTo(SHARED.baseUrl());
            assertThat(it.getProperty(API_KEY)).isEqualTo("sk-test");
            assertThat(it.getProperty(CHAT_API_KEY)).isEqualTo("sk-test");
        });
    }

    @Test
    void leavesATestAnAddressThatItTakesFromTheEndpointItself() {
        assertThat(environment(SpringTestCases.SetsTheAddressDynamically.class)).satisfies(it -> {
            assertThat(it.getProperty(BASE_URL)).isEqualTo(SHARED.rootUrl());
            assertThat(it.getProperty(CHAT_BASE_URL)).isEqualTo(SHARED.rootUrl());
        });
    }

    @Test
    void leavesATestAnAddressThatIsSetByABean() {
        assertThat(environment(SpringTestCases.SetsTheAddressLate.class)).satisfies(it -> {
            assertThat(it.getProperty(BASE_URL)).isEqualTo("http://late");
            assertThat(it.getProperty(CHAT_BASE_URL)).isEqualTo("http://late");
            assertThat(it.containsProperty(CHAT_API_KEY)).isFalse();
        });
    }

    @Test
    void opensNoServerWhereCodeIsMadeAheadOfTime() {
        var context = new GenericApplicationContext();
        System.setProperty(AHEAD_OF_TIME, "true");

        new EndpointCustomizer(SpringAi.TWO)
                .customizeContext(context, new MergedContextConfiguration(Object.class, null, null, null, null));

        assertThat(context.getEnvironment().containsProperty(BASE_URL)).isFalse();
    }

    private static void isLedToTheEndpoint(Environment environment) {
        assertThat(environment.getProperty(BASE_URL)).isEqualTo(SHARED.baseUrl());
        assertThat(environment.getProperty(API_KEY)).isEqualTo(SHARED.apiKey());
        assertThat(environment.getProperty(CHAT_BASE_URL)).isEqualTo(SHARED.baseUrl());
        assertThat(environment.getProperty(CHAT_API_KEY)).isEqualTo(SHARED.apiKey());
    }

    private static Environment environment(Class<?> testClass) {
        return context(testClass).getEnvironment();
    }

    private static ApplicationContext context(Class<?> testClass) {
        return new TestContextManager(testClass).getTestContext().getApplicationContext();
    }
}
