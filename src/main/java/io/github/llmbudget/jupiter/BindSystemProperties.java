package io.github.llmbudget.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Leads clients to the test that are built from the environment, and keeps other tests that want the same from running
 * meanwhile: {@link LlmBudget#bindSystemProperties()} with JUnit's lock on the system properties.
 *
 * <pre>{@code
 * @Test
 * @BindSystemProperties
 * @MaxCost(0.02)
 * void answers(MockLlm llm) {
 *     llm.reply("In 5 days.");
 *     OpenAIClient client = OpenAIOkHttpClient.fromEnv();
 * }
 * }</pre>
 *
 * <p>Inherited, works on {@code @Nested} classes and as a meta-annotation.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@LlmBudget(bindSystemProperties = true)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface BindSystemProperties {}
