package io.github.llmbudget.spring;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.util.ClassUtils;

/**
 * Leads Spring AI's OpenAI client in the context of a test to {@link io.github.llmbudget.endpoint.LlmEndpoint#shared()}.
 * Spring finds this factory by itself, so a test has nothing to write but its limit:
 *
 * <pre>{@code
 * @SpringBootTest
 * @MaxCost(0.02)
 * class GuideTest {
 *
 *     @Autowired
 *     TravelGuide guide;
 *
 *     @Test
 *     void answers(MockLlm llm) {
 *         llm.reply("Take the train.");
 *         assertThat(guide.ask("How do I get to Lisbon?")).contains("train");
 *     }
 * }
 * }</pre>
 *
 * <p>It does so for test classes that {@link io.github.llmbudget.jupiter.LlmBudgetExtension} is registered for by an
 * annotation or a field: on the class, its methods, what it inherits, or the classes that it is nested in or that are nested
 * in it. All of them can share one context. Address and key go before those of the application, of the environment and
 * of system properties. What the test sets itself, in its properties or dynamically, goes before them; what it sets for
 * all kinds of models also goes before what the application sets for one of them.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class LlmEndpointCustomizerFactory implements ContextCustomizerFactory {

    /** Tests of Spring applications may run on something else, where we must not be in the way. */
    private static final String JUPITER = "org.junit.jupiter.api.extension.Extension";

    /** Creates the factory. */
    public LlmEndpointCustomizerFactory() {}

    /**
     * Returns what leads the clients of a context to the endpoint.
     *
     * @param testClass the class of the test that the context is for
     * @param attributes how its context is configured; not used
     * @return the customizer, equal for all such classes; none for a class that the extension does not watch, and
     *     where there is no Spring AI for OpenAI
     */
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        ClassLoader loader = testClass.getClassLoader();
        return ClassUtils.isPresent(JUPITER, loader)
                ? SpringAi.seenBy(loader)
                        .filter(client -> WatchedClasses.contain(testClass))
                        .map(EndpointCustomizer::new)
                        .orElse(null)
                : null;
    }
}
