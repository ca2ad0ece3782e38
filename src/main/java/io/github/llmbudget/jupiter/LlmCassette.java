package io.github.llmbudget.jupiter;

import io.github.llmbudget.cassette.RequestNormaliser;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Answers a test from what the real service said before, and records that when there is nothing yet. A replayed call has
 * the list cost that it had, is checked against the limits as any other, and costs nothing.
 *
 * <pre>{@code
 * @LlmCassette
 * class SupportBotTest {
 *     @Test
 *     @MaxCost(0.02)
 *     void answersARefundQuestion(LlmEndpoint llm) {
 *         assertThat(new SupportBot(llm.baseUrl(), llm.apiKey()).ask("Where is my refund?")).contains("days");
 *     }
 * }
 * }</pre>
 *
 * <p>The cassette is the file {@code <Class>/<method>.json} in the directory {@code llmbudget.cassettes.dir}, by default
 * {@code src/test/resources/llm-cassettes}; each run of a test that runs several times has its own, and so have the calls in
 * the set-up of a class ({@code <Class>/class.json}). Commit it. It holds no headers of requests, no keys and no cookies,
 * and is not written if anything in it looks like a key. It is written when the test has passed, or failed for its budget
 * only.
 *
 * <p>A request that was not recorded is answered with status 400 and fails the test, which shows the recorded request that
 * is nearest. Requests are the same if method, path and body are; in JSON, the order of members and white space do not
 * count. A request that was recorded several times is answered so many times, in that order.
 *
 * <p>{@code llmbudget.mode} decides before {@link #mode}: {@code record} records all cassettes anew, {@code replay} never goes
 * out, {@code live} does without cassettes, and {@code mock} lets the script of {@code MockLlm} answer. Tests without this
 * annotation are not recorded, nor answered from a cassette.
 *
 * <p>Inherited, works on {@code @Nested} classes and as a meta-annotation; the nearest one holds as a whole. Tests may run in
 * parallel.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(LlmBudgetExtension.class)
@API(status = API.Status.STABLE, since = "0.1")
public @interface LlmCassette {

    /**
     * Says who answers, if {@code llmbudget.mode} does not.
     *
     * @return the mode
     */
    CassetteMode mode() default CassetteMode.AUTO;

    /**
     * Names the folder of the cassette, for instance if two classes in different packages have the same name.
     *
     * @return a folder below {@code llmbudget.cassettes.dir}; by default the name of the class
     */
    String folder() default "";

    /**
     * Names what may differ between a request and the recorded one.
     *
     * @return JSON paths in the bodies of requests, such as {@code $.user} or {@code $.metadata..id}
     */
    String[] ignore() default {};

    /**
     * Changes the bodies of requests before they are compared, for what {@link #ignore} cannot name: a date within a prompt.
     *
     * @return a class with a constructor without parameters; by default nothing is changed
     */
    Class<? extends RequestNormaliser> normaliser() default RequestNormaliser.class;

    /**
     * Names values that must not be written, in the bodies of requests and answers. {@code REDACTED} stands for them; a
     * request is compared with them redacted.
     *
     * @return JSON paths, such as {@code $.user} or {@code $..email}
     */
    String[] redactPaths() default {};

    /**
     * Describes texts that must not be written, in the bodies of requests and answers.
     *
     * @return regular expressions, such as {@code \b\d{16}\b}
     */
    String[] redactPatterns() default {};

    /**
     * Says how fast answers come.
     *
     * @return whether they take the time they took when they were recorded; by default they come at once
     */
    boolean recordedTiming() default false;
}
