package io.github.llmbudget.usage;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CallTiming;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.call.Role;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.token.EarlierAnswers;
import io.github.llmbudget.wire.HttpExchange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one test: takes the calls as they begin and end, and shows them as {@link TokenUsage}. Safe for use by
 * many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class UsageLedger implements CallRecorder {

    private static final String REPEATED = "the service gave this answer more than once; it is counted once";

    /** So many calls take a few megabytes when they are unpacked. */
    private static final int MOST_AT_ONCE = 10_000;

    /** How long calls that were broken off may take to say how far they came. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final PriceCatalog prices;
    private final Duration await;
    private final UsageListener listener;
    private final SpanAddresses addresses;
    private final Prompts prompts;
    private final Object lock = new Object();

    private final PackedCalls recorded = new PackedCalls();
    /** The spans of the recorded calls. */
    private final List<@Nullable Span> spansOfCalls = new ArrayList<>();

    /** What was said in recorded calls, by their numbers. */
    private final Map<Integer, KeptExchange> exchanges = new HashMap<>();

    /** A list, for few calls run at a time. */
    private final List<Running> running = new ArrayList<>();

    private final ToldCalls told = new ToldCalls();
    /** What was fetched of calls that had not ended by then. */
    private final PackedCalls retrievedBefore = new PackedCalls();

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    /** Those that take the calls to the address of the test, the innermost first. */
    private final Deque<Span> openSpans = new ArrayDeque<>();

    private final EarlierAnswers earlierAnswers = new EarlierAnswers();
    private final CallRecorder outsideOfSpans = new SpanRecorder(null);
    /** Takes the calls to the address of the test. */
    private volatile CallRecorder current = outsideOfSpans;

    private final TokenUsage usage = new LiveUsage();
    private boolean overdue;
    private boolean closed;

    /**
     * Creates the empty ledger of a test without an endpoint.
     *
     * @param prices knows what calls cost, and which models the names in requests stand for
     * @param await how long {@link TokenUsage#await()} waits
     */
    public UsageLedger(PriceCatalog prices, Duration await) {
        this(prices, await, UsageListener.NONE, SpanAddresses.NONE);
    }

    /**
     * Creates an empty ledger that keeps nothing of what is said in the calls.
     *
     * @param prices knows what calls cost, and which models the names in requests stand for
     * @param await how long {@link TokenUsage#await()} waits
     * @param listener hears of the calls as they are recorded
     * @param addresses knows where the calls of a span are sent to
     */
    public UsageLedger(PriceCatalog prices, Duration await, UsageListener listener, SpanAddresses addresses) {
        this(prices, await, listener, addresses, Prompts.NONE);
    }

    /**
     * Creates an empty ledger.
     *
     * @param prices knows what calls cost, and which models the names in requests stand for
     * @param await how long {@link TokenUsage#await()} waits
     * @param listener hears of the calls as they are recorded
     * @param addresses knows where the calls of a span are sent to
     * @param prompts what is kept of what is said in the calls
     */
    public UsageLedger(
            PriceCatalog prices, Duration await, UsageListener listener, SpanAddresses addresses, Prompts prompts) {
        this.prices = prices;
        this.await = await;
        this.listener = listener;
        this.addresses = addresses;
        this.prompts = prompts;
    }

    /**
     * Returns the test's view of this ledger.
     *
     * @return the usage, which grows as calls end
     */
    public TokenUsage usage() {
        return usage;
    }

    /**
     * Returns what was said in a call.
     *
     * @param index the place of the call among those of {@link #usage()}
     * @return what was asked and answered, empty where it is not kept or did not pass here
     */
    public Optional<KeptExchange> exchange(int index) {
        synchronized (lock) {
            return Optional.ofNullable(exchanges.get(index));
        }
    }

    @Override
    public EarlierAnswers earlierAnswers() {
        return earlierAnswers;
    }

    @Override
    public OpenCall begin(Origin origin, Supplier<LlmCall> unfinished, Runnable settled) {
        return now().begin(origin, unfinished, settled);
    }

    @Override
    public OpenCall beginTold(Origin origin, Supplier<LlmCall> unfinished) {
        return now().beginTold(origin, unfinished);
    }

    @Override
    public void refused(LlmCall call) {
        synchronized (lock) {
            told.sight().end(call);
        }
    }

    @Override
    public Role role() {
        return now().role();
    }

    @Override
    public CallRecorder now() {
        return current;
    }

    private void spanOpensOrCloses() {
        Span open = openSpans.peek();
        current = open == null ? outsideOfSpans : open.recorder;
    }

    /**
     * Returns the recorder of the calls that are sent to the address of a span.
     *
     * @param number the number of the span, as in {@link SpanAddresses#rootUrl}
     * @return its recorder, empty if there is no such span
     */
    public Optional<CallRecorder> recorderOfSpan(int number) {
        synchronized (lock) {
            return number < 1 || number > spans.size() ? Optional.empty() : Optional.of(spans.get(number - 1).recorder);
        }
    }

    @Override
    public OpenCall beginRetrieval() {
        synchronized (lock) {
            return begun(new RunningRetrieval());
        }
    }

    private OpenCall begun(Running exchange) {
        requireOpen();
        running.add(exchange);
        return exchange;
    }

    private void requireOpen() {
        if (closed) {
            throw new TestOverException();
        }
    }

    /** Takes the usage of an answer that was read again. Running totals grow, so the later one holds. */
    private void complete(int index, LlmCall again) {
        LlmCall call = recorded.get(index);
        if (again.countSource() == CountSource.REPORTED) {
            if (hasUsageOf(again, call)) {
                return;
            }
            correct(index, call, prices.resolve(call.withUsageOf(again)));
            if (call.anomalies().contains(REPEATED)) {
                note(index, REPEATED);
            }
        } else if (hasFailedSince(call, again)) {
            LlmCall failed = call.toBuilder()
                    .status(CallStatus.FAILED, call.httpStatus())
                    .countNote("the work failed after the service had answered")
                    .build();
            correct(index, call, failed);
        }
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null ? other == null : other != null && one.compareTo(other) == 0;
    }

    /** Tells whether an answer that was read again tells nothing new, as most do. */
    private static boolean hasUsageOf(LlmCall again, LlmCall call) {
        return again.anomalies().isEmpty()
                && List.of(REPEATED).containsAll(call.anomalies())
                && call.tokens().equals(again.tokens())
                && call.countSource() == again.countSource()
                && Objects.equals(call.answeredModel(), again.answeredModel())
                && Objects.equals(call.serviceTier(), again.serviceTier())
                && Objects.equals(call.countNote(), again.countNote())
                && Objects.equals(call.inputEstimate(), again.inputEstimate())
                && Objects.equals(call.outputEstimate(), again.outputEstimate())
                && isSame(call.reportedCost(), again.reportedCost())
                && call.toolCalls().equals(again.toolCalls())
                && Objects.equals(call.audioDuration(), again.audioDuration())
                && call.images().equals(again.images());
    }

    private void correct(int index, LlmCall call, LlmCall corrected) {
        recorded.set(index, corrected);
        listener.recorded(call, corrected);
    }

    private static boolean hasFailedSince(LlmCall call, LlmCall again) {
        boolean retrieved = again.httpStatus() >= 200 && again.httpStatus() < 300;
        return call.countSource() == CountSource.UNKNOWN && retrieved && again.status() == CallStatus.FAILED;
    }

    private void note(int index, String anomaly) {
        LlmCall call = recorded.get(index);
        if (call.anomalies().contains(anomaly)) {
            return;
        }
        Set<String> anomalies = new LinkedHashSet<>(call.anomalies());
        anomalies.add(anomaly);
        recorded.set(index, call.toBuilder().anomalies(List.copyOf(anomalies)).build());
    }

    @Override
    public void failed(Throwable failure) {
        if (failure instanceof TestOverException) {
            listener.cameLate(); // Nobody looks at the failures of a test that is over.
        } else {
            failures.add(failure);
        }
    }

    /**
     * Returns what must fail the test.
     *
     * @return the failures, in order
     */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /**
     * Waits for the running calls, then closes the ledger. Calls that still run are broken off and recorded as unfinished,
     * with what is known of them by then.
     *
     * @param breakOff breaks off the calls that still run
     */
    public void close(Runnable breakOff) {
        // A test that was interrupted, by a time limit for example, has calls to wait for all the same.
        boolean interrupted = Thread.interrupted();
        try {
            closeOnceAwaited(breakOff);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeOnceAwaited(Runnable breakOff) {
        if (!usage.await()) {
            synchronized (lock) {
                overdue = true;
            }
            breakOff.run();
            usage.await(LAST_WORDS);
        }
        List<Running> left;
        synchronized (lock) {
            closed = true;
            left = List.copyOf(running);
        }
        left.forEach(Running::giveUp);
        synchronized (lock) {
            told.giveUp();
        }
    }

    private static String describe(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private List<LlmCall> calls() {
        synchronized (lock) {
            return recorded.size() <= MOST_AT_ONCE
                    ? recorded.all()
                    : new SnapshotOfCalls(recorded.snapshot(), this::unpack);
        }
    }

    private LlmCall unpack(byte[] packed) {
        synchronized (lock) {
            return recorded.unpack(packed);
        }
    }

    private List<LlmCall> calls(IntPredicate which) {
        synchronized (lock) {
            return recorded.indexes().filter(which).mapToObj(recorded::get).toList();
        }
    }

    /** An exchange that has begun. The first end counts, and no end once the test is over. */
    private abstract class Running implements OpenCall {

        @Override
        public final void end(LlmCall read) {
            synchronized (lock) {
                if (running.remove(this)) {
                    try {
                        take(read);
                    } finally {
                        lock.notifyAll();
                    }
                }
            }
        }

        /** Takes what was read. */
        abstract void take(LlmCall read);

        /** Ends an exchange that outlived its test. */
        abstract void giveUp();
    }

    private final class RunningRetrieval extends Running {

        @Override
        void take(LlmCall read) {
            if (read.responseId() != null) {
                recorded.withAnswer(read.responseId())
                        .findFirst()
                        .ifPresentOrElse(index -> complete(index, read), () -> retrievedBefore.add(read));
            }
        }

        @Override
        void giveUp() {
            synchronized (lock) {
                running.remove(this);
            }
        }
    }

    private final class RunningCall extends Running {

        private final Origin origin;
        private final Supplier<LlmCall> unfinished;
        private final Runnable settled;
        private final @Nullable Span span;
        private final int endedBefore = recorded.size();
        private final long startNanos = System.nanoTime();
        private @Nullable KeptExchange exchange;
        private ToldCalls.@Nullable Sighting sighting;

        RunningCall(Origin origin, Supplier<LlmCall> unfinished, Runnable settled, @Nullable Span span) {
            this.origin = origin;
            this.unfinished = unfinished;
            this.settled = settled;
            this.span = span;
        }

        @Override
        public AnswerListener asked(HttpExchange.Request request) {
            Optional<KeptExchange> kept = prompts.keep(request);
            synchronized (lock) {
                exchange = kept.orElse(null);
                sighting = told.sight();
            }
            return kept.<AnswerListener>map(Function.identity()).orElse(AnswerListener.NONE);
        }

        @Override
        void giveUp() {
            end(asItBegan());
        }

        LlmCall asItBegan() {
            Duration soFar = Duration.ofNanos(System.nanoTime() - startNanos);
            return unfinished.get().toBuilder()
                    .status(CallStatus.UNFINISHED, 0)
                    .origin(origin)
                    .timing(new CallTiming(Instant.now().minus(soFar), null, null, soFar))
                    .build();
        }

        @Override
        void take(LlmCall read) {
            LlmCall ended = read;
            try {
                ended = (overdue || closed) && read.status() != CallStatus.COMPLETE ? brokenOff(read) : read;
            } finally {
                LlmCall taken = ended;
                listener.ending(() -> addAndSettle(taken));
                if (sighting != null) {
                    sighting.end(taken);
                }
            }
        }

        private void addAndSettle(LlmCall ended) {
            try {
                add(ended);
            } finally {
                settled.run();
            }
        }

        /** A call that outlived its test is worth what came of it, or else what its request tells. */
        private LlmCall brokenOff(LlmCall read) {
            boolean nothingCame = read.countSource() == CountSource.UNKNOWN && read.httpStatus() < 400;
            LlmCall known = nothingCame ? unfinished.get() : read;
            String note = "the call was still running " + describe(await) + " after its test";
            return read.toBuilder()
                    .status(CallStatus.UNFINISHED, read.httpStatus())
                    .tokens(known.tokens(), known.countSource())
                    .estimates(known.inputEstimate(), known.outputEstimate())
                    .countNote(known.countNote() == null ? note : note + "; " + known.countNote())
                    .build();
        }

        /**
         * Some services and gateways give the answer to a repeated request a second time, and bill it once. Who repeats
         * a request has seen it end.
         */
        private void add(LlmCall call) {
            OptionalInt earlier = recorded.withAnswerAndRequestOf(call);
            if (earlier.isPresent() && earlier.getAsInt() < endedBefore) {
                complete(earlier.getAsInt(), call);
                note(earlier.getAsInt(), REPEATED);
                return;
            }
            LlmCall labelled = span == null
                    ? call
                    : call.toBuilder().role(span.role, span.name).build();
            LlmCall resolved = prices.resolve(labelled);
            if (exchange != null) {
                exchanges.put(recorded.size(), exchange);
            }
            recorded.add(resolved);
            spansOfCalls.add(span);
            listener.recorded(null, resolved);
            if (retrievedBefore.size() > 0) {
                retrievedBefore
                        .withAnswer(call.responseId())
                        .mapToObj(retrievedBefore::get)
                        .forEach(read -> complete(recorded.size() - 1, read));
            }
        }
    }

    private record Selection(List<LlmCall> calls, PriceCatalog prices) implements UsageTotals {

        @Override
        public Cost costOf(LlmCall call) {
            return prices.costOf(call);
        }
    }

    private final class LiveUsage implements TokenUsage {

        @Override
        public List<LlmCall> calls() {
            return UsageLedger.this.calls();
        }

        @Override
        public Cost costOf(LlmCall call) {
            return prices.costOf(call);
        }

        @Override
        public NavigableMap<String, UsageTotals> byModel() {
            NavigableMap<String, List<LlmCall>> callsByModel = new TreeMap<>();
            for (LlmCall call : calls()) {
                String model = call.model();
                callsByModel
                        .computeIfAbsent(model == null ? "unknown" : model, name -> new ArrayList<>())
                        .add(call);
            }
            NavigableMap<String, UsageTotals> byModel = new TreeMap<>();
            callsByModel.forEach((model, calls) -> byModel.put(model, new Selection(List.copyOf(calls), prices)));
            return byModel;
        }

        @Override
        public UsageSpan span(String name, Role role) {
            synchronized (lock) {
                return new Span(name, role, openSpans.peek()).opened();
            }
        }

        @Override
        public boolean await() {
            return await(UsageLedger.this.await);
        }

        @Override
        public boolean await(Duration atMost) {
            long deadline = System.nanoTime() + atMost.toNanos();
            synchronized (lock) {
                while (!running.isEmpty() || !told.areOver()) {
                    long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
                    if (left <= 0) {
                        return false;
                    }
                    try {
                        lock.wait(left);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return false;
                    }
                }
                return true;
            }
        }

        @Override
        public String toString() {
            int calls = calls().size();
            return calls + (calls == 1 ? " call, " : " calls, ") + totalTokens() + " tokens, " + cost();
        }
    }

    /** Takes the calls of a span, or those outside of any. All else is the test's. */
    private final class SpanRecorder implements CallRecorder {

        private final @Nullable Span span;

        SpanRecorder(@Nullable Span span) {
            this.span = span;
        }

        @Override
        public OpenCall begin(Origin origin, Supplier<LlmCall> unfinished, Runnable settled) {
            synchronized (lock) {
                OpenCall begun = begun(new RunningCall(origin, unfinished, settled, span));
                listener.began();
                return begun;
            }
        }

        @Override
        public OpenCall beginTold(Origin origin, Supplier<LlmCall> unfinished) {
            synchronized (lock) {
                requireOpen();
                RunningCall call = new RunningCall(origin, unfinished, () -> {}, span);
                ToldCalls.Told begun = told.begin(call::take, call::asItBegan);
                listener.began();
                return ended -> end(begun, ended);
            }
        }

        private void end(ToldCalls.Told call, LlmCall ended) {
            synchronized (lock) {
                call.end(ended);
                lock.notifyAll();
            }
        }

        @Override
        public void refused(LlmCall call) {
            UsageLedger.this.refused(call);
        }

        @Override
        public Role role() {
            return span == null ? Role.SUBJECT : span.role;
        }

        @Override
        public OpenCall beginRetrieval() {
            return UsageLedger.this.beginRetrieval();
        }

        @Override
        public EarlierAnswers earlierAnswers() {
            return earlierAnswers;
        }

        @Override
        public void failed(Throwable failure) {
            UsageLedger.this.failed(failure);
        }
    }

    private final class Span implements UsageSpan {

        private final String name;
        private final Role role;
        private final @Nullable Span outer;
        private final int number = spans.size() + 1;
        private final CallRecorder recorder = new SpanRecorder(this);

        Span(String name, Role role, @Nullable Span outer) {
            this.name = name;
            this.role = role;
            this.outer = outer;
            spans.add(this);
        }

        Span opened() {
            openSpans.push(this);
            spanOpensOrCloses();
            return this;
        }

        @Override
        public UsageSpan span(String innerName, Role innerRole) {
            synchronized (lock) {
                Span inner = new Span(innerName, innerRole, this);
                return openSpans.contains(this) ? inner.opened() : inner;
            }
        }

        @Override
        public String rootUrl() {
            synchronized (lock) {
                openSpans.remove(this);
                spanOpensOrCloses();
            }
            return addresses.rootUrl(number);
        }

        @Override
        public List<LlmCall> calls() {
            return UsageLedger.this.calls(index -> holds(spansOfCalls.get(index)));
        }

        @Override
        public Cost costOf(LlmCall call) {
            return prices.costOf(call);
        }

        private boolean holds(@Nullable Span inner) {
            for (Span at = inner; at != null; at = at.outer) {
                if (at == this) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() {
            synchronized (lock) {
                openSpans.remove(this);
                spanOpensOrCloses();
            }
        }
    }
}
