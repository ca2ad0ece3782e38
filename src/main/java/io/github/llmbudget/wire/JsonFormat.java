package io.github.llmbudget.wire;

import io.github.llmbudget.token.EarlierAnswers;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * A format for a service that speaks JSON: which paths are calls, and what the answers look like. A new service is one
 * class that extends this, and one line in {@code META-INF/services/io.github.llmbudget.wire.WireFormat}.
 *
 * <pre>{@code
 * public final class ExampleFormat extends JsonFormat {
 *
 *     public ExampleFormat() {
 *         super("/v3/reply", ANSWER);
 *     }
 * }
 * }</pre>
 *
 * <p>A path is compared by its end, whatever the host, so that a service is known behind a gateway too. A format that wants
 * requests which one of those built in takes as well overrides {@link #order()}; one that overrides {@link #matches} can take
 * fewer requests than its paths do, not others.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public abstract class JsonFormat implements WireFormat {

    private static final String NEVER = "(?!)";

    private final Remembered<Use> uses;
    private final JsonAnswer answer;

    /**
     * Creates a format.
     *
     * @param calls a regular expression for the ends of the paths, without query, whose POST is a call
     * @param answer what the answers look like
     */
    protected JsonFormat(String calls, JsonAnswer answer) {
        this(calls, NEVER, answer);
    }

    /**
     * Creates a format of an operation whose result can be fetched again.
     *
     * @param calls a regular expression for the ends of the paths, without query, whose POST is a call
     * @param retrievals a regular expression for the ends of the paths that fetch, cancel or carry on what a call began
     * @param answer what the answers to both look like
     */
    protected JsonFormat(String calls, String retrievals, JsonAnswer answer) {
        Pattern called = atTheEnd(calls);
        Pattern retrieved = atTheEnd(retrievals);
        this.uses = new Remembered<>(path ->
                Use.of(called.matcher(path).find(), retrieved.matcher(path).find()));
        this.answer = answer;
    }

    /** Tells whether requests to a path may match at all. */
    boolean hasUseFor(String path) {
        return uses.about(path) != Use.NONE;
    }

    @Override
    public boolean matches(HttpExchange.Request request) {
        Use use = uses.about(request.operationPath());
        return use.isRetrieved || (use.isCalled && isPost(request));
    }

    @Override
    public boolean retrieves(HttpExchange.Request request) {
        Use use = uses.about(request.operationPath());
        return use.isRetrieved && !(use.isCalled && isPost(request));
    }

    @Override
    public UsageReader open(HttpExchange.Request request) {
        return answer.open(request);
    }

    @Override
    public UsageReader open(HttpExchange.Request request, EarlierAnswers earlier) {
        return answer.open(request, earlier);
    }

    @Override
    public OptionalLong outputLimit(HttpExchange.Request request) {
        return answer.outputLimit(request);
    }

    private static boolean isPost(HttpExchange.Request request) {
        return request.method().equals("POST");
    }

    private static Pattern atTheEnd(String path) {
        return Pattern.compile("(?:" + path + ")$");
    }

    /** What a path is there for. */
    private enum Use {
        NONE(false, false),
        CALLS(true, false),
        RETRIEVALS(false, true),
        BOTH(true, true);

        private final boolean isCalled;
        private final boolean isRetrieved;

        Use(boolean isCalled, boolean isRetrieved) {
            this.isCalled = isCalled;
            this.isRetrieved = isRetrieved;
        }

        static Use of(boolean called, boolean retrieved) {
            return called ? (retrieved ? BOTH : CALLS) : (retrieved ? RETRIEVALS : NONE);
        }
    }
}
