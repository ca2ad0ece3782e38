package io.github.llmbudget.spring;

import io.github.llmbudget.endpoint.LlmEndpoint;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts the address of the endpoint between what a test sets and what the application, the environment and the system set.
 * It is a part of the key of Spring's context cache, so all that leads to one address must be equal.
 */
record EndpointCustomizer(SpringAi client) implements ContextCustomizer {

    /** The first of what is not the test's own: JSON in the environment, where Spring Boot reads it, or else the system's. */
    private static final String[] NOT_OF_THE_TEST = {
        "spring.application.json", StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME
    };

    /** Set where a build makes code of contexts ahead of time. None of them runs, and a server would keep that JVM from ending. */
    private static final String AHEAD_OF_TIME = "spring.aot.processing";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (Boolean.getBoolean(AHEAD_OF_TIME)) {
            return;
        }
        MutablePropertySources sources = context.getEnvironment().getPropertySources();
        var source = new EndpointPropertySource(client.properties(LlmEndpoint.shared()), sources);
        Stream.of(NOT_OF_THE_TEST)
                .filter(sources::contains)
                .findFirst()
                .ifPresentOrElse(first -> sources.addBefore(first, source), () -> sources.addFirst(source));
    }
}
