package io.github.llmbudget.endpoint;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.PreparedRequest;
import io.github.llmbudget.wire.ResponseFilter;
import io.github.llmbudget.wire.WireFormat;
import io.github.llmbudget.wire.WireFormats;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of one test: its address, its script, and the way of each of its calls. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TestEndpoint implements MockLlm, AutoCloseable {

    private final EndpointServer server;
    private final String token;
    private final Mode mode;
    private final CallRecorder recorder;
    private final Script script;
    private final Upstream upstream;
    private final WireFormats formats;

    TestEndpoint(
            EndpointServer server,
            String token,
            Mode mode,
            CallRecorder recorder,
            Script script,
            Upstream upstream,
            WireFormats formats) {
        this.server = server;
        this.token = token;
        this.mode = mode;
        this.recorder = recorder;
        this.script = script;
        this.upstream = upstream;
        this.formats = formats;
    }

    @Override
    public String baseUrl() {
        return rootUrl() + "/v1";
    }

    @Override
    public String rootUrl() {
        return server.rootUrl(token);
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
    public MockLlm reply(Reply reply) {
        script.add(reply);
        return this;
    }

    @Override
    public MockLlm otherwise(Reply reply) {
        script.otherwise(reply);
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

    /** Takes the address away, and breaks off what is still being answered: nobody would count what it goes on to cost. */
    @Override
    public void close() {
        server.forget(token);
        upstream.close();
    }

    static String placeholderKey(String token) {
        return "sk-llm-budget-" + token;
    }

    /** Returns the host of the service that answers, {@code null} if the script does. */
    @Nullable
    String upstreamHost() {
        return upstream.host();
    }

    /** Sends a request on its way; what comes back is handed to the client by the relay. */
    Exchange open(HttpExchange.Request request) throws DroppedConnectionException {
        try {
            return open(request, formats.find(request));
        } catch (RuntimeException | LinkageError e) {
            recorder.failed(e);
            return Exchange.of(ErrorAnswers.ownFailure(e.toString()));
        }
    }

    /** A service may pack its answer though it was asked not to; such bytes go to the client as they are. */
    private static ResponseFilter filter(PreparedRequest prepared, Answer answer) {
        boolean plain = answer.head()
                .header("Content-Encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isEmpty();
        return plain ? prepared.filter().get() : ResponseFilter.NONE;
    }

    private Exchange open(HttpExchange.Request request, Optional<WireFormat> format) throws DroppedConnectionException {
        PreparedRequest prepared = prepared(request, format);
        CallWatch watch = CallWatch.of(format, prepared.request(), recorder, mode.origin());
        try {
            Answer answer = upstream.send(prepared.request());
            watch.answered(answer.head());
            return new Exchange(answer, new Relay(answer, filter(prepared, answer), watch));
        } catch (DroppedConnectionException e) {
            watch.ended(CallStatus.FAILED);
            throw e;
        } catch (IOException e) {
            watch.ended(CallStatus.FAILED);
            String problem = "no answer to " + request + ": " + e;
            return Exchange.of(ErrorAnswers.unreachable(problem));
        } catch (RuntimeException | LinkageError e) {
            watch.ended(CallStatus.FAILED);
            throw e;
        }
    }

    /** Prepares a request; one that its format cannot prepare is a call that failed. */
    private PreparedRequest prepared(HttpExchange.Request request, Optional<WireFormat> format) {
        try {
            return format.map(found -> found.prepare(request)).orElseGet(() -> PreparedRequest.unchanged(request));
        } catch (RuntimeException | LinkageError e) {
            CallWatch.of(format, request, recorder, mode.origin()).ended(CallStatus.FAILED);
            throw e;
        }
    }

    /**
     * An exchange whose answer has begun.
     *
     * @param answer the answer
     * @param relay hands its body on
     */
    record Exchange(Answer answer, Relay relay) {

        /** An answer of our own, which is no call. */
        static Exchange of(Answer answer) {
            return new Exchange(answer, new Relay(answer, ResponseFilter.NONE, CallWatch.NONE));
        }
    }
}
