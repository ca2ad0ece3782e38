package io.github.llmbudget.endpoint;

import org.apiguardian.api.API;

/**
 * An endpoint with a script. In mock mode a request is answered
 *
 * <ol>
 *   <li>by the first reply that is meant for such requests ({@link #when}), is not used up, and is something the operation
 *       can answer with;
 *   <li>else by the next of the replies that are given in order ({@link #reply(Reply)});
 *   <li>else, when those are used up, by the reply to all others ({@link #otherwise(Reply)}).
 * </ol>
 *
 * <p>A request that finds none is answered with status 400 and fails the test. So does a reply that no request asked for,
 * unless the test has failed already; replies that are given {@code always} or {@code otherwise} need not be asked for. The
 * list of models is there without a script. In any other mode the script is not used.
 *
 * <pre>{@code
 * llm.reply("Refunds take 5 days.");
 * llm.reply(2, Reply.error(429)).reply(Reply.stream("Refunds ", "take ", "5 days.").usage(1_204, 310));
 * llm.when(path("/embeddings")).always(Reply.embeddings());
 * llm.when(lastUserText("delivery")).reply("Tomorrow.");
 * llm.otherwise(Reply.text("I do not know."));
 * }</pre>
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface MockLlm extends LlmEndpoint {

    /**
     * Adds a text to the replies that are given in order. Its usage is counted from request and text.
     *
     * @param text what the model says
     * @return this endpoint
     */
    default MockLlm reply(String text) {
        return reply(Reply.text(text));
    }

    /**
     * Adds a reply to those that are given in order.
     *
     * @param reply what the service answers to one request
     * @return this endpoint
     */
    default MockLlm reply(Reply reply) {
        return reply(1, reply);
    }

    /**
     * Adds a reply, several times, to those that are given in order.
     *
     * @param times how many requests it answers, at least 1
     * @param reply what the service answers
     * @return this endpoint
     * @throws IllegalArgumentException if the number is not positive
     */
    MockLlm reply(int times, Reply reply);

    /**
     * Begins a reply to certain requests only. They are looked through in the order in which they were added.
     *
     * @param matcher tells which requests
     * @return takes the reply
     */
    When when(RequestMatcher matcher);

    /**
     * Says what the service answers to every request for which the script has nothing else. Of several such replies the last
     * one counts that the operation can answer with, so one may be for chats and one for embeddings.
     *
     * @param reply the reply
     * @return this endpoint
     */
    MockLlm otherwise(Reply reply);

    /**
     * Reports as cached what the prompt of a chat or a response has in common with an earlier one of this test to the same
     * model, as OpenAI's prompt cache does: beginning with the first token, from 1,024 tokens up in steps of 128. It is for
     * replies whose usage is counted.
     *
     * @return this endpoint
     */
    MockLlm withPromptCache();

    /**
     * Takes the reply to certain requests.
     *
     * @since 0.1
     */
    @API(status = API.Status.STABLE, since = "0.1")
    interface When {

        /**
         * Answers the next of these requests with a text.
         *
         * @param text what the model says
         * @return the endpoint
         */
        default MockLlm reply(String text) {
            return reply(Reply.text(text));
        }

        /**
         * Answers the next of these requests.
         *
         * @param reply what the service answers
         * @return the endpoint
         */
        default MockLlm reply(Reply reply) {
            return reply(1, reply);
        }

        /**
         * Answers the next of these requests.
         *
         * @param times how many of them, at least 1
         * @param reply what the service answers
         * @return the endpoint
         * @throws IllegalArgumentException if the number is not positive
         */
        MockLlm reply(int times, Reply reply);

        /**
         * Answers all of these requests, if there are any, with a text.
         *
         * @param text what the model says
         * @return the endpoint
         */
        default MockLlm always(String text) {
            return always(Reply.text(text));
        }

        /**
         * Answers all of these requests, if there are any.
         *
         * @param reply what the service answers
         * @return the endpoint
         */
        MockLlm always(Reply reply);
    }
}
