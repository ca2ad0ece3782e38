package io.github.llmbudget.endpoint;

import org.apiguardian.api.API;

/**
 * The local, OpenAI-compatible address of one test. Point any client at it; whatever calls it, on whatever thread, is
 * counted in this test. Take it as a parameter of a test method:
 *
 * <pre>{@code
 * @Test
 * @MaxCost(0.02)
 * void answers(LlmEndpoint llm) {
 *     var bot = new SupportBot(llm.baseUrl(), llm.apiKey());
 * }
 * }</pre>
 *
 * <p>The address is valid until the test is over. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface LlmEndpoint {

    /**
     * Returns the base URL for clients that append {@code /chat/completions}: openai-java, LangChain4j, Spring AI 2.
     *
     * @return a URL that ends in {@code /v1}
     */
    String baseUrl();

    /**
     * Returns the base URL for clients that append the version too, such as {@code /v1/chat/completions}: Spring AI 1,
     * simple-openai. In live mode it is also that for clients of Anthropic, Gemini, Azure OpenAI and Ollama.
     *
     * @return a URL without a trailing slash
     */
    String rootUrl();

    /**
     * Returns the key to give to the client. It is a placeholder: in live mode the real key takes its place on the way
     * to the service, in whichever header or query parameter the client puts it.
     *
     * @return a key that opens nothing
     */
    String apiKey();

    /**
     * Returns who answers.
     *
     * @return the mode
     */
    Mode mode();
}
