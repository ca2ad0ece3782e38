package io.github.llmbudget.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.UsageReader;
import io.github.llmbudget.wire.WireFormat;
import io.github.llmbudget.wire.WireFormats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallWatchTests {

    private static final HttpExchange.Request REQUEST =
            new HttpExchange.Request("POST", "/v1/special", List.of(), new byte[0]);
    private static final HttpExchange.Response HEAD = new HttpExchange.Response(200, List.of());

    private final UsageLedger recorder = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);

    @ParameterizedTest
    @ValueSource(strings = {"begin", "accept", "finish"})
    void recordsACallAsUncountedWhoseFormatFails(String step) {
        CallWatch watch = CallWatch.of(Optional.of(new FailingFormat(step)), REQUEST, recorder, Origin.LIVE);

        watch.answered(HEAD);
        watch.passed(new byte[] {'x'}, 0, 1);
        watch.ended(CallStatus.COMPLETE);

        assertThat(recorder.failures()).singleElement().isInstanceOf(NoClassDefFoundError.class);
        assertThat(recorder.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.isUncounted()).isTrue();
            assertThat(call.origin()).isEqualTo(Origin.LIVE);
            assertThat(call.countNote())
                    .startsWith("the answer could not be read: ")
                    .contains(step);
        });
    }

    @Test
    void completesTheCallThatARetrievalFetches() {
        watch(new Retrieving("POST", TokenCounts.NONE, CountSource.UNKNOWN));
        watch(new Retrieving("GET", TokenCounts.of(10, 5), CountSource.REPORTED));

        assertThat(recorder.failures()).isEmpty();
        assertThat(recorder.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.tokens()).isEqualTo(TokenCounts.of(10, 5));
            assertThat(call.origin()).isEqualTo(Origin.LIVE);
        });
    }

    @Test
    void failsTheTestButRecordsNoCallWhereARetrievalCannotBeRead() {
        CallWatch watch = CallWatch.of(
                Optional.of(new Retrieving("GET", TokenCounts.NONE, CountSource.UNKNOWN)),
                request("GET"),
                recorder,
                Origin.LIVE);
        watch.answered(HEAD);
        watch.failed(new IllegalStateException("unreadable"));
        watch.ended(CallStatus.COMPLETE);

        assertThat(recorder.failures()).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(recorder.usage().calls()).isEmpty();
        assertThat(recorder.usage().await(Duration.ZERO)).isTrue();
    }

    @Test
    void refusesARetrievalOnceTheTestIsOver() {
        recorder.close(() -> {});

        assertThatIllegalStateException()
                .isThrownBy(() -> watch(new Retrieving("GET", TokenCounts.NONE, CountSource.UNKNOWN)))
                .withMessage("The test is over; it takes no more calls");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsTheTimeToTheFirstTokenOfAReaderThatKnowsIt(boolean knows) {
        watch(new Retrieving("POST", TokenCounts.of(10, 5), CountSource.REPORTED, knows));

        assertThat(recorder.usage().calls()).singleElement().satisfies(call -> {
            assertThat(call.timing().toFirstByte()).isNotNull();
            assertThat(call.timing().toFirstToken() != null).isEqualTo(knows);
        });
    }

    private void watch(Retrieving format) {
        CallWatch watch = CallWatch.of(Optional.of(format), request(format.method), recorder, Origin.LIVE);
        watch.answered(HEAD);
        watch.passed(new byte[] {'x'}, 0, 1);
        watch.ended(CallStatus.COMPLETE);
    }

    private static HttpExchange.Request request(String method) {
        return new HttpExchange.Request(method, "/v1/special", List.of(), new byte[0]);
    }

    @Test
    void watchesNothingWhereNoFormatReads() {
        CallWatch watch = CallWatch.of(Optional.empty(), REQUEST, recorder, Origin.LIVE);

        watch.answered(HEAD);
        watch.passed(new byte[] {'x'}, 0, 1);
        watch.failed(new IllegalStateException());
        watch.ended(CallStatus.COMPLETE);

        assertThat(recorder.usage().calls()).isEmpty();
    }

    @Test
    void takesNothingMoreOnceTheTestIsOver() {
        var late = new AtomicInteger();
        var ledger = new UsageLedger(
                PriceCatalog.builtIn(),
                Duration.ZERO,
                new UsageListener() {
                    @Override
                    public void recorded(@Nullable LlmCall before, LlmCall now) {}

                    @Override
                    public void cameLate() {
                        late.incrementAndGet();
                    }
                },
                SpanAddresses.NONE);
        var chat = new HttpExchange.Request("POST", "/v1/chat/completions", List.of(), new byte[0]);
        CallWatch watch = CallWatch.of(WireFormats.all().find(chat), chat, ledger, Origin.LIVE);
        byte[] end = "data: [DONE]\n\n".getBytes(UTF_8);
        watch.answered(
                new HttpExchange.Response(200, List.of(new HttpExchange.Header("Content-Type", "text/event-stream"))));
        watch.passed(end, 0, end.length);
        assertThat(ledger.usage().calls()).hasSize(1);
        ledger.close(() -> {});

        watch.passed(end, 0, end.length);
        watch.ended(CallStatus.COMPLETE);

        assertThat(late).hasValue(0);
        assertThat(ledger.failures()).isEmpty();
    }

    /** A format whose answers all have the same id, and whose GET is a retrieval. */
    private record Retrieving(String method, TokenCounts tokens, CountSource source, boolean hasText)
            implements WireFormat {

        Retrieving(String method, TokenCounts tokens, CountSource source) {
            this(method, tokens, source, true);
        }

        @Override
        public boolean matches(HttpExchange.Request request) {
            return true;
        }

        @Override
        public boolean retrieves(HttpExchange.Request request) {
            return request.method().equals("GET");
        }

        @Override
        public UsageReader open(HttpExchange.Request request) {
            return new UsageReader() {

                @Override
                public void begin(HttpExchange.Response response) {}

                @Override
                public void accept(byte[] bytes, int offset, int length) {}

                @Override
                public boolean isComplete() {
                    return false;
                }

                @Override
                public boolean hasText() {
                    return hasText;
                }

                @Override
                public LlmCall finish(CallStatus status) {
                    return LlmCall.of(Operation.RESPONSES, "gpt-4o")
                            .status(status, 200)
                            .tokens(tokens, source)
                            .responseId("resp_1")
                            .build();
                }
            };
        }
    }

    private record FailingFormat(String step) implements WireFormat {

        @Override
        public boolean matches(HttpExchange.Request request) {
            return true;
        }

        @Override
        public UsageReader open(HttpExchange.Request request) {
            return new UsageReader() {

                @Override
                public void begin(HttpExchange.Response response) {
                    failAt("begin");
                }

                @Override
                public void accept(byte[] bytes, int offset, int length) {
                    failAt("accept");
                }

                @Override
                public boolean isComplete() {
                    return false;
                }

                @Override
                public LlmCall finish(CallStatus status) {
                    if (status != CallStatus.UNFINISHED) {
                        failAt("finish");
                    }
                    return LlmCall.of(Operation.OTHER, "special").build();
                }
            };
        }

        private void failAt(String reached) {
            if (reached.equals(step)) {
                throw new NoClassDefFoundError(step);
            }
        }
    }
}
