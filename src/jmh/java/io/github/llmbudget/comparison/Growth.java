package io.github.llmbudget.comparison;

import io.github.llmbudget.endpoint.Mode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The library beside itself with ten times as much to do. */
final class Growth {

    private static final int MEASURED = 3;
    private static final int STREAMS = 20;

    private Growth() {}

    static List<Contest> all() {
        return List.of(calls(), streams(), tests(), reports());
    }

    private static Contest calls() {
        return contest(
                "growth-of-calls",
                "Growth: calls in a test, its end and the report included",
                Figure.MILLIS,
                () -> new Jvms.Kept(Duration.ZERO),
                2,
                List.of(
                        List.of(calls("mock", Mode.MOCK, 2_000), calls("mock", Mode.MOCK, 20_000)),
                        List.of(calls("live", Mode.LIVE, 2_000), calls("live", Mode.LIVE, 20_000)),
                        List.of(calls("record", Mode.RECORD, 1_000), calls("record", Mode.RECORD, 10_000)),
                        List.of(watchedCalls(2_000), watchedCalls(20_000))));
    }

    private static Entrant calls(String label, Mode mode, int number) {
        return Entrant.product("%s, %,d calls".formatted(label, number), mode, "calls", 1, number);
    }

    private static Entrant watchedCalls(int number) {
        return Entrant.contender("interceptor, %,d calls".formatted(number), Contender.INTERCEPTOR, "calls", 1, number);
    }

    private static Contest streams() {
        return contest(
                "growth-of-streams",
                "Growth: events in a stream",
                Figure.STREAM_MILLIS,
                () -> new Jvms.Kept(Duration.ZERO),
                3,
                List.of(
                        List.of(streams("live", Mode.LIVE, 1_002), streams("live", Mode.LIVE, 10_020)),
                        List.of(streams("record", Mode.RECORD, 1_002), streams("record", Mode.RECORD, 10_020)),
                        List.of(watchedStreams(1_002), watchedStreams(10_020))));
    }

    private static Entrant streams(String label, Mode mode, int events) {
        return Entrant.product("%s, %,d events".formatted(label, events), mode, "streams", STREAMS, events);
    }

    private static Entrant watchedStreams(int events) {
        return Entrant.contender(
                "interceptor, %,d events".formatted(events), Contender.INTERCEPTOR, "streams", STREAMS, events);
    }

    private static Contest tests() {
        return contest(
                "growth-of-tests",
                "Growth: tests with a call each, in a new JVM",
                Figure.MILLIS,
                Jvms.Fresh::new,
                0,
                List.of(List.of(
                        Entrant.suite("200 tests", MockLlmTestCases.Few.class),
                        Entrant.suite("2,000 tests", MockLlmTestCases.Many.class),
                        Entrant.suite("20,000 tests", MockLlmTestCases.VeryMany.class))));
    }

    private static Contest reports() {
        return contest(
                "growth-of-reports",
                "Growth: journal and report of tests with three calls each",
                Figure.MILLIS,
                () -> new Jvms.Kept(Duration.ZERO),
                2,
                List.of(List.of(report(3_000), report(30_000))));
    }

    private static Entrant report(int tests) {
        return Entrant.of("%,d tests".formatted(tests), ReportMain.class, tests);
    }

    /** Returns a contest of series; each entrant of one has ten times as much to do as the one before. */
    private static Contest contest(
            String name, String title, Figure time, Supplier<Jvms> jvms, int unmeasured, List<List<Entrant>> series) {
        Map<Entrant, Entrant> tenths = new HashMap<>();
        for (List<Entrant> entrants : series) {
            for (int i = 1; i < entrants.size(); i++) {
                tenths.put(entrants.get(i), entrants.get(i - 1));
            }
        }
        return new Contest(
                name,
                title,
                series.stream().flatMap(List::stream).toList(),
                jvms,
                unmeasured,
                MEASURED,
                List.of(Column.of("ms", 1, time), Column.ratio("× a tenth of it", time, tenths)));
    }
}
