package io.github.llmbudget.jupiter;

import io.github.llmbudget.endpoint.Mode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Records the LLM calls of a test without setting a limit: injects {@link io.github.llmbudget.usage.TokenUsage},
 * {@link io.github.llmbudget.endpoint.LlmEndpoint}, {@link io.github.llmbudget.endpoint.MockLlm} and
 * {@link io.github.llmbudget.usage.CallRecorder}, and reports. The
 * limit annotations do this as well.
 *
 * <pre>{@code
 * @LlmBudget(mode = Mode.MOCK) // must never go live
 * class SupportBotTest { ... }
 * }</pre>
 *
 * <p>Inherited, works on {@code @Nested} classes and as a meta-annotation. Tests may run in parallel.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(LlmBudgetExtension.class)
@API(status = API.Status.STABLE, since = "0.1")
public @interface LlmBudget {

    /**
     * Pins who answers, whatever {@code llmbudget.mode} says. The nearest pin wins.
     *
     * @return one mode, or none to leave it to the configuration
     */
    Mode[] mode() default {};
}
