package io.github.llmbudget.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that makes any LLM call, of whatever role. The calls are refused with status 402; none is sent.
 *
 * <pre>{@code
 * @Test
 * @ExpectNoLlmCalls
 * void answersFromItsCache(LlmEndpoint llm) { ... }
 * }</pre>
 *
 * <p>Inherited, works on {@code @Nested} classes and as a meta-annotation, and registers the extension itself. A nearer
 * {@link MaxCalls} allows calls of the roles that it counts. Tests may run in parallel.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(LlmBudgetExtension.class)
@API(status = API.Status.STABLE, since = "0.1")
public @interface ExpectNoLlmCalls {}
