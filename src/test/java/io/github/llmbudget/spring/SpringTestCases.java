package io.github.llmbudget.spring;

import io.github.llmbudget.endpoint.LlmEndpoint;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactories;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Contexts of tests, as Spring builds them. */
final class SpringTestCases {

    private SpringTestCases() {}

    /** As if version 2 were on the class path. */
    static final class Two implements ContextCustomizerFactory {

        @Override
        public ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            return new EndpointCustomizer(SpringAi.TWO);
        }
    }

    @Configuration
    static class Application {}

    @Configuration
    @PropertySource("classpath:io/github/llmbudget/spring/application.properties")
    static class ConfiguredApplication {}

    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @ContextConfiguration(classes = Application.class)
    @ContextCustomizerFactories(Two.class)
    @interface Watched {}

    @Watched
    static class SetsNothing {}

    @Watched
    static class SetsNothingEither {}

    @ContextConfiguration(classes = ConfiguredApplication.class)
    @ContextCustomizerFactories(Two.class)
    static class OfAConfiguredApplication {}

    @Watched
    @TestPropertySource(properties = "spring.ai.openai.baseUrl=http://test")
    static class SetsTheAddressOfAll {}

    @Watched
    @TestPropertySource(properties = "spring.ai.openai.chat.base-url=http://test")
    static class SetsTheAddressOfChats {}

    @Watched
    @TestPropertySource("application.properties")
    static class SetsTheAddressOfChatsInAFile {}

    @Watched
    @TestPropertySource(properties = "spring.ai.openai.api-key=sk-test")
    static class SetsTheKey {}

    @Watched
    static class SetsTheAddressDynamically {

        @DynamicPropertySource
        static void address(DynamicPropertyRegistry registry) {
            registry.add("spring.ai.openai.base-url", LlmEndpoint.shared()::rootUrl);
        }
    }

    @Configuration
    static class RegisteringApplication {

        @Bean
        DynamicPropertyRegistrar address() {
            return registry -> registry.add("spring.ai.openai.base-url", () -> "http://late");
        }
    }

    @ContextConfiguration(classes = RegisteringApplication.class)
    @ContextCustomizerFactories(Two.class)
    static class SetsTheAddressLate {}
}
