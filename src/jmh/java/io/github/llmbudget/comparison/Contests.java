package io.github.llmbudget.comparison;

import io.github.llmbudget.endpoint.Mode;
import java.time.Duration;
import java.util.List;

/** The library beside others. */
final class Contests {

    private static final String FLOOR = "OkHttp to a raw socket server: the floor";
    private static final String RELAY = "a byte relay that looks for the usage";
    private static final String MOCK_WEB_SERVER = "MockWebServer with TCP_NODELAY";
    private static final String MOCK_SERVER = "MockServer 5.15";
    private static final String WIREMOCK = "WireMock 3.13";
    private static final String INTERCEPTOR = "**llm-budget**: `OkHttpUsageInterceptor`";
    private static final String MOCK = "**llm-budget**: mock";
    private static final String LIVE = "**llm-budget**: live";
    private static final String RECORD = "**llm-budget**: record";
    private static final int TESTS = 2_000;

    /** After this long the compiler of the JVM has seen to most of what is run, also of whoever has more code. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private Contests() {}

    static List<Contest> all() {
        return List.of(
                calls("calls", "One call after the other", 1, 2_000),
                calls("threads", "Calls on eight threads", 8, 240),
                streams(),
                pacedStreams(),
                tests(),
                noCalls(),
                firstCall(),
                keptHeap(),
                millionCalls());
    }

    private static Contest calls(String name, String title, int threads, int number) {
        Object[] work = {"calls", threads, number};
        Object[] slowWork = {"calls", threads, number / 4};
        Entrant floor = Entrant.contender(FLOOR, Contender.FLOOR, work);
        Entrant mockWebServer = Entrant.contender(MOCK_WEB_SERVER, Contender.MOCK_WEB_SERVER, work);
        Entrant relay = Entrant.contender(RELAY, Contender.RELAY, work);
        return new Contest(
                name,
                title,
                List.of(
                        floor,
                        Entrant.contender(INTERCEPTOR, Contender.INTERCEPTOR, work),
                        Entrant.product(MOCK, Mode.MOCK, work),
                        mockWebServer,
                        Entrant.contender(MOCK_SERVER, Contender.MOCK_SERVER, work),
                        Entrant.contender(WIREMOCK, Contender.WIREMOCK, work),
                        relay,
                        Entrant.product(LIVE, Mode.LIVE, work),
                        Entrant.product(RECORD, Mode.RECORD, work),
                        Entrant.contender(MOCK_SERVER + ", forwarding", Contender.MOCK_SERVER_FORWARDING, slowWork),
                        Entrant.contender(WIREMOCK + ", recording", Contender.WIREMOCK_RECORDING, slowWork)),
                () -> new Jvms.Kept(WARM_UP),
                1,
                9,
                List.of(
                        Column.of("µs a call", 1, Figure.CALL_MICROS),
                        Column.ratio("× the floor", Figure.CALL_MICROS, floor),
                        Column.ratio("× MockWebServer", Figure.CALL_MICROS, mockWebServer),
                        Column.ratio("× the relay", Figure.CALL_MICROS, relay),
                        Column.of("bytes allocated a call", 0, Figure.CALL_BYTES)));
    }

    private static Contest streams() {
        Object[] work = {"streams", 50, Output.USUAL.events()};
        Entrant floor = Entrant.contender(FLOOR, Contender.FLOOR, work);
        Entrant relay = Entrant.contender(RELAY, Contender.RELAY, work);
        return new Contest(
                "streams",
                "Streams of 1,002 events, flat out",
                onStreams(floor, relay, work),
                () -> new Jvms.Kept(WARM_UP),
                1,
                9,
                List.of(
                        Column.of("ms a stream", 2, Figure.STREAM_MILLIS),
                        Column.ratio("× the floor", Figure.STREAM_MILLIS, floor),
                        Column.ratio("× the relay", Figure.STREAM_MILLIS, relay),
                        Column.of("bytes allocated an event", 0, Figure.EVENT_BYTES)));
    }

    private static Contest pacedStreams() {
        Object[] work = {"paced-streams", 1, Output.USUAL.events()};
        Entrant floor = Entrant.contender(FLOOR, Contender.FLOOR, work);
        Entrant relay = Entrant.contender(RELAY, Contender.RELAY, work);
        return new Contest(
                "paced-streams",
                "Streams of 1,002 events, one a millisecond",
                onStreams(floor, relay, work),
                () -> new Jvms.Kept(WARM_UP),
                1,
                7,
                List.of(
                        Column.of("first event, ms", 2, Figure.FIRST_EVENT_MILLIS),
                        new Column(
                                "ms later than the floor",
                                2,
                                (round, entrant) -> round.get(entrant, Figure.FIRST_EVENT_MILLIS)
                                        - round.get(floor, Figure.FIRST_EVENT_MILLIS)),
                        Column.of("lag, median, µs", 0, Figure.LAG_MEDIAN_MICROS),
                        Column.ratio("× the relay", Figure.LAG_MEDIAN_MICROS, relay),
                        Column.of("lag, 99 %, µs", 0, Figure.LAG_99_MICROS),
                        Column.of("bytes allocated an event", 0, Figure.EVENT_BYTES)));
    }

    private static List<Entrant> onStreams(Entrant floor, Entrant relay, Object... work) {
        return List.of(
                floor,
                Entrant.contender(INTERCEPTOR, Contender.INTERCEPTOR, work),
                relay,
                Entrant.product(LIVE, Mode.LIVE, work),
                Entrant.product(RECORD, Mode.RECORD, work),
                Entrant.contender(MOCK_SERVER + ", forwarding", Contender.MOCK_SERVER_FORWARDING, work),
                Entrant.contender(WIREMOCK + ", recording", Contender.WIREMOCK_RECORDING, work));
    }

    private static Contest tests() {
        Entrant idle = Entrant.suite("tests that do nothing", IdleTestCases.Many.class);
        Entrant mockWebServer = sharing(MOCK_WEB_SERVER, Contender.MOCK_WEB_SERVER);
        Entrant mock = Entrant.suite(MOCK, MockLlmTestCases.Many.class);
        return new Contest(
                "tests",
                "2,000 tests with a call each to a server that they share, in a new JVM",
                List.of(
                        idle,
                        sharing("a raw socket server", Contender.FLOOR),
                        mockWebServer,
                        mock,
                        Entrant.suite(MOCK + ", the report on the console only", MockLlmTestCases.Many.class)
                                .withOptions("-Dllmbudget.report.formats=console"),
                        sharing(MOCK_SERVER, Contender.MOCK_SERVER),
                        sharing(WIREMOCK, Contender.WIREMOCK)),
                Jvms.Fresh::new,
                1,
                5,
                List.of(
                        Column.of("ms in all", 0, Figure.MILLIS),
                        new Column(
                                "ms a test, over nothing", 3, (round, entrant) -> over(idle, round, entrant) / TESTS),
                        new Column(
                                "× MockWebServer",
                                2,
                                (round, entrant) -> over(idle, round, entrant) / over(idle, round, mockWebServer))));
    }

    private static Entrant sharing(String label, Contender contender) {
        return Entrant.suite(label, SharedServerTestCases.class)
                .withOptions("-D" + SharedServerTestCases.CONTENDER + "=" + contender);
    }

    private static double over(Entrant other, Round round, Entrant entrant) {
        return round.get(entrant, Figure.MILLIS) - round.get(other, Figure.MILLIS);
    }

    private static Contest noCalls() {
        Entrant with = Entrant.suite("with the jar of llm-budget", IdleTestCases.Few.class);
        Entrant without = new Entrant("without", ClassPath.withoutLibrary(), List.of(), with.main(), with.arguments());
        return new Contest(
                "no-calls",
                "200 tests that do nothing, in a new JVM",
                List.of(without, with),
                Jvms.Fresh::new,
                1,
                21,
                List.of(
                        Column.of("ms in all", 0, Figure.MILLIS),
                        new Column("ms more", 0, (round, entrant) -> over(without, round, entrant))));
    }

    private static Contest firstCall() {
        Entrant mockWebServer = first(MOCK_WEB_SERVER, Contender.MOCK_WEB_SERVER);
        return new Contest(
                "first-call",
                "The first call in a new JVM, the start of the server included",
                List.of(
                        Entrant.of("a socket to a raw socket server", RawCallMain.class),
                        first(FLOOR, Contender.FLOOR),
                        mockWebServer,
                        first("**llm-budget**: mock, priced", Contender.ENDPOINT),
                        first(WIREMOCK, Contender.WIREMOCK),
                        first(MOCK_SERVER, Contender.MOCK_SERVER)),
                Jvms.Fresh::new,
                1,
                7,
                List.of(
                        Column.of("ms", 0, Figure.MILLIS),
                        Column.ratio("× MockWebServer", Figure.MILLIS, mockWebServer)));
    }

    private static Entrant first(String label, Contender contender) {
        return Entrant.of(label, FirstCallMain.class, contender);
    }

    private static Contest keptHeap() {
        Object[] work = {"kept-heap", 50_000, 1};
        return new Contest(
                "kept-heap",
                "Heap that is kept of 50,000 calls",
                List.of(
                        Entrant.product(MOCK, Mode.MOCK, work),
                        Entrant.product(MOCK + ", ten times as long", Mode.MOCK, "kept-heap", 50_000, 10),
                        Entrant.contender(MOCK_WEB_SERVER, Contender.MOCK_WEB_SERVER, work),
                        Entrant.contender(MOCK_SERVER, Contender.MOCK_SERVER, work),
                        Entrant.contender(WIREMOCK, Contender.WIREMOCK, work)),
                Jvms.Fresh::new,
                0,
                1,
                List.of(Column.of("bytes a call", 0, Figure.KEPT_BYTES)));
    }

    private static Contest millionCalls() {
        return new Contest(
                "million-calls",
                "A million mock calls in a JVM with 256 MB, the report included",
                List.of(
                        million("20 tests with 50,000 calls each", MillionCallsTestCases.TwentyTests.class),
                        million("one test", MillionCallsTestCases.OneTest.class)),
                Jvms.Fresh::new,
                0,
                1,
                List.of(
                        Column.of("ms in all", 0, Figure.MILLIS),
                        Column.of("highest heap after a collection, MB", 0, Figure.HEAP_MEGABYTES)));
    }

    private static Entrant million(String label, Class<?> tests) {
        return Entrant.of(label, WatchedSuiteMain.class, tests.getName()).withOptions("-Xmx256m");
    }
}
