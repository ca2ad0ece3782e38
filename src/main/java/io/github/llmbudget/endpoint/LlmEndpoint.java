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
 * <p>The address is valid until the test is over. Clients that are built once for many tests take the address that
 * {@link #shared()} returns. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface LlmEndpoint {

    /**
     * The header by which a call to the {@linkplain #shared() shared} address says whose it is: {@value}. Its value is the
     * {@link #apiKey()} of the test's own endpoint, or the name of the test as the report shows it. It is taken off before
     * the call is sent.
     */
    String TEST_HEADER = "X-LlmBudget-Test";

    /**
     * Returns the endpoint that stays the same as long as the JVM runs, for clients that are built once: static ones, and
     * those of a Spring context that is kept for many tests.
     *
     * <pre>{@code
     * static final SupportBot BOT = new SupportBot(LlmEndpoint.shared().baseUrl(), LlmEndpoint.shared().apiKey());
     * }</pre>
     *
     * <p>A call to it belongs to the test that runs, and is answered as that test says, script included. If several tests
     * that the extension knows run at once, the header {@value #TEST_HEADER} must tell whose it is; a call of which nobody
     * can tell is not sent, and fails the tests it may belong to. A call that comes when no test runs belongs to the class,
     * or else to the run.
     *
     * @return the shared endpoint
     * @throws java.io.UncheckedIOException from its methods, if no port can be had
     */
    static LlmEndpoint shared() {
        return SharedEndpoint.INSTANCE;
    }

    /**
     * Returns the base URL for clients that append {@code /chat/completions}: openai-java, LangChain4j, Spring AI 2.
     *
     * @return a URL that ends in {@code /v1}
     */
    default String baseUrl() {
        return rootUrl() + "/v1";
    }

    /**
     * Returns the base URL for clients that append the version too, such as {@code /v1/chat/completions}: Spring AI 1,
     * simple-openai. In live mode it is also that for clients of Anthropic, Gemini, Azure OpenAI and Ollama.
     *
     * @return a URL without a trailing slash
     */
    String rootUrl();

    /**
     * Returns this endpoint by an {@code https} address, for clients that send their key over TLS alone, such as that of
     * Azure.
     *
     * <pre>{@code
     * LlmEndpoint secure = llm.overTls();
     * OpenAIClient client = new OpenAIClientBuilder()
     *         .endpoint(secure.rootUrl())
     *         .credential(new AzureKeyCredential(secure.apiKey()))
     *         .buildClient();
     * }</pre>
     *
     * <p>The certificate is made anew in each JVM, and is good for {@code 127.0.0.1} alone. From the first time on that
     * somebody asks for such an address, the JVM trusts it beside what it trusted before: the system property
     * {@code javax.net.ssl.trustStore} names a temporary file with both, and the default {@code SSLContext} goes by it, unless
     * somebody set one of his own. Build the client afterwards; one with a trust store of its own does not know the
     * certificate.
     *
     * @return an endpoint whose calls are those of this one
     * @throws java.io.UncheckedIOException if the trust store cannot be written
     */
    LlmEndpoint overTls();

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
