package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.CallRefusedException;
import io.github.llmbudget.budget.Passage;
import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.usage.TestOverException;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.PreparedRequest;
import io.github.llmbudget.wire.ResponseFilter;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormat;
import io.github.llmbudget.wire.WireFormats;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * The endpoint of one test: its address, its script, and the way of each of its calls. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TestEndpoint implements MockLlm, Route, AutoCloseable {

    private static final Pattern SPAN = Pattern.compile("/+s/(\\d{1,6})(?=/)");

    private final EndpointServer server;
    private final String token;
    private final Mode mode;
    private final TestCalls calls;
    private final Script script;
    private final Upstream upstream;
    private final Set<String> advice = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    TestEndpoint(EndpointServer server, String token, Mode mode, TestCalls calls, Script script, Upstream upstream) {
        this.server = server;
        this.token = token;
        this.mode = mode;
        this.calls = calls;
        this.script = script;
        this.upstream = upstream;
    }

    @Override
    public String rootUrl() {
        return server.rootUrl(token);
    }

    @Override
    public LlmEndpoint overTls() {
        return SecureEndpoint.of(this, () -> server.secureRootUrl(token));
    }

    @Override
    public String apiKey() {
        return placeholderKey(token);
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public MockLlm reply(int times, Reply reply) {
        script.add(times, reply);
        return this;
    }

    @Override
    public When when(RequestMatcher matcher) {
        return new When() {
            @Override
            public MockLlm reply(int times, Reply reply) {
                script.add(matcher, times, reply);
                return TestEndpoint.this;
            }

            @Override
            public MockLlm always(Reply reply) {
                script.always(matcher, reply);
                return TestEndpoint.this;
            }
        };
    }

    @Override
    public MockLlm otherwise(Reply reply) {
        script.otherwise(reply);
        return this;
    }

    @Override
    public MockLlm withPromptCache() {
        script.cachePrompts();
        return this;
    }

    /**
     * Returns the requests that the script had no reply for.
     *
     * @return the requests, in order
     */
    public List<UnexpectedRequest> unexpectedRequests() {
        return script.unexpected();
    }

    /**
     * Returns the replies that no request asked for, though the script is used.
     *
     * @return the replies, in order
     */
    public List<UnusedReply> unusedReplies() {
        return mode == Mode.MOCK ? script.unused() : List.of();
    }

    /**
     * Returns what clients do that were given the wrong base URL, and the cure.
     *
     * @return a sentence for each mistake
     */
    public Set<String> advice() {
        return Set.copyOf(advice);
    }

    /** Takes the address away, and breaks off what is still being answered: nobody would count what it goes on to cost. */
    @Override
    public void close() {
        closed = true;
        server.forget(token);
        upstream.close();
    }

    static String placeholderKey(String token) {
        return "sk-llm-budget-" + token;
    }

    /**
     * Returns the address of a span of this test.
     *
     * @param number the number of the span in its test
     * @return a URL without a trailing slash
     */
    public String spanUrl(int number) {
        return rootUrl() + "/s/" + number;
    }

    @Override
    public Exchange open(HttpExchange.Request addressed) throws DroppedConnectionException {
        Matcher span = SPAN.matcher(addressed.path());
        if (!span.lookingAt()) {
            return open(addressed, Optional.of(calls.recorder()));
        }
        Optional<CallRecorder> recorder = calls.spans().apply(Integer.parseInt(span.group(1)));
        return open(addressed.withPath(addressed.path().substring(span.end(1))), recorder);
    }

    private Exchange open(HttpExchange.Request addressed, Optional<CallRecorder> recorder)
            throws DroppedConnectionException {
        if (closed || recorder.isEmpty()) {
            return Exchange.of(ErrorAnswers.noTest(addressed.path()));
        }
        HttpExchange.Request request = addressed.to(upstream.host());
        ClientPresence client = ClientPresence.watch();
        try {
            return open(request, WireFormats.all().find(request), recorder.get().now(), client);
        } catch (CallRefusedException e) {
            client.close();
            return Exchange.of(ErrorAnswers.refused(e));
        } catch (TestOverException e) {
            client.close();
            return Exchange.of(ErrorAnswers.noTest(addressed.path()));
        } catch (DroppedConnectionException e) {
            client.close();
            throw e;
        } catch (IOException e) {
            client.close();
            return Exchange.of(ErrorAnswers.unreachable("no answer to " + request + ": " + e));
        } catch (RuntimeException | Error e) {
            // An assertion in a script is an Error too. The client must hear of it, for it waits.
            client.close();
            recorder.get().failed(e);
            return Exchange.of(ErrorAnswers.ownFailure(e.toString()));
        }
    }

    private Exchange open(
            HttpExchange.Request request, Optional<WireFormat> format, CallRecorder recorder, ClientPresence client)
            throws IOException, CallRefusedException {
        if (format.isPresent()) {
            BaseUrlAdvice.about(request.path()).ifPresent(advice::add);
        }
        PreparedRequest prepared = prepared(request, format, recorder);
        Passage passage = enter(prepared.request(), format, recorder, client);
        Runnable settle = () -> calls.gate().settle(passage);
        CallWatch watch;
        try {
            watch = CallWatch.of(format, request, prepared.request(), recorder, mode.origin(), settle);
        } catch (RuntimeException | LinkageError e) {
            settle.run();
            throw e;
        }
        Answer answer = answer(prepared.request(), format, watch, settle, client);
        return new Exchange(answer, new Relay(answer, filter(prepared, answer), watch, passage, settle, client));
    }

    /** What is no call, or fetches what an earlier one began, passes freely. */
    private Passage enter(
            HttpExchange.Request request, Optional<WireFormat> format, CallRecorder recorder, ClientPresence client)
            throws CallRefusedException {
        if (format.isEmpty() || format.get().retrieves(request)) {
            return Passage.FREE;
        }
        RequestForecast forecast = new RequestForecast(format.get(), request, recorder, mode.origin(), client);
        try {
            return calls.gate().enter(forecast);
        } catch (CallRefusedException e) {
            recorder.refused(forecast.identity());
            throw e;
        }
    }

    /**
     * Sends a request and waits for the head of its answer. If the client leaves by then, nothing is kept aside for the call
     * any more: a stream is broken off, and of any other answer the service alone knows what it costs.
     */
    private Answer answer(
            HttpExchange.Request request,
            Optional<WireFormat> format,
            CallWatch watch,
            Runnable settle,
            ClientPresence client)
            throws IOException {
        try {
            Upstream.Sending sending = upstream.prepare(request);
            client.whenGone(() -> {
                settle.run();
                if (isStreamed(request, format)) {
                    sending.breakOff();
                } else {
                    sending.hurry();
                }
            });
            Answer answer = sending.await();
            watch.answered(answer.head(), answer.recorded());
            return answer;
        } catch (IOException e) {
            boolean brokenOff = client.isGone() && isStreamed(request, format);
            watch.ended(brokenOff ? CallStatus.CUT : CallStatus.FAILED);
            throw e;
        } catch (RuntimeException | Error e) {
            watch.ended(CallStatus.FAILED);
            throw e;
        }
    }

    private static boolean isStreamed(HttpExchange.Request request, Optional<WireFormat> format) {
        if (format.isEmpty()) {
            return false;
        }
        try (UsageReader unanswered = format.get().open(request)) {
            return unanswered.finish(CallStatus.FAILED).streaming();
        }
    }

    /** A service may pack its answer though it was asked not to; such bytes go to the client as they are. */
    private static ResponseFilter filter(PreparedRequest prepared, Answer answer) {
        return answer.head().isPacked()
                ? ResponseFilter.NONE
                : prepared.filter().get();
    }

    /** Prepares a request; one that its format cannot prepare is a call that failed. */
    private PreparedRequest prepared(HttpExchange.Request request, Optional<WireFormat> format, CallRecorder recorder) {
        try {
            return format.map(found -> found.prepare(request)).orElseGet(() -> PreparedRequest.unchanged(request));
        } catch (RuntimeException | LinkageError e) {
            CallWatch.of(format, request, recorder, mode.origin()).ended(CallStatus.FAILED);
            throw e;
        }
    }

    /** Tells whether a request is a call, or belongs to one. */
    boolean isCall(HttpExchange.Request request) {
        return WireFormats.all().find(request).isPresent();
    }
}
