package io.github.llmbudget.endpoint;

import org.apiguardian.api.API;

/**
 * An endpoint with a script. In mock mode the replies are given in order, one a request; a request that finds none is
 * answered with status 400 and fails the test. In live mode the script is not used.
 *
 * <pre>{@code
 * llm.reply("Refunds take 5 days.");
 * llm.reply(Reply.stream("Refunds ", "take ", "5 days.").usage(1_204, 310));
 * llm.otherwise(Reply.error(429, "Slow down"));
 * }</pre>
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface MockLlm extends LlmEndpoint {

    /**
     * Adds a text to the script. Its usage is counted from request and text.
     *
     * @param text what the model says
     * @return this endpoint
     */
    default MockLlm reply(String text) {
        return reply(Reply.text(text));
    }

    /**
     * Adds a reply to the script.
     *
     * @param reply what the service answers to one request
     * @return this endpoint
     */
    MockLlm reply(Reply reply);

    /**
     * Sets what the service answers to every request that finds the script used up.
     *
     * @param reply the reply
     * @return this endpoint
     */
    MockLlm otherwise(Reply reply);
}
