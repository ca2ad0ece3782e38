package io.github.llmbudget.jupiter;

import io.github.llmbudget.call.Role;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that calls any other model. A request that names another one is refused with status 403 before it is sent;
 * a service that answers with another one is told by its answer.
 *
 * <pre>{@code
 * @Test
 * @AllowedModels({"gpt-4o-mini", "text-embedding-3-*"})
 * void answersCheaply(MockLlm llm) { ... }
 * }</pre>
 *
 * <p>Inherited, works on {@code @Nested} classes and as a meta-annotation, and registers the extension itself. The nearest
 * wins. Tests may run in parallel.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(LlmBudgetExtension.class)
@API(status = API.Status.STABLE, since = "0.1")
public @interface AllowedModels {

    /**
     * Returns the models. A name stands for its dated snapshots too, and {@code *} for any characters. Case makes no
     * difference.
     *
     * @return at least one name
     */
    String[] value();

    /**
     * Returns whose calls are looked at. Those of the code under test by default.
     *
     * @return one role or several
     */
    Role[] role() default Role.SUBJECT;
}
