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

    /**
     * Leads clients to the test that are built from the environment, as by {@code OpenAIOkHttpClient.fromEnv()} and
     * {@code AnthropicOkHttpClient.fromEnv()}: while the test runs, the system properties {@code openai.baseUrl},
     * {@code openai.apiKey}, {@code anthropic.baseUrl} and {@code anthropic.apiKey} hold an address that stays the same as
     * long as the JVM runs, and its key. Afterwards they are what they were before.
     *
     * <p>System properties belong to the whole JVM. Where tests run at once, this one needs JUnit's lock on them:
     * {@link BindSystemProperties} has it, or {@code @ResourceLock(Resources.SYSTEM_PROPERTIES)} stands beside this
     * annotation; without it the test fails before it begins.
     *
     * @return whether to set them; {@code true} anywhere around a test suffices
     */
    boolean bindSystemProperties() default false;
}
