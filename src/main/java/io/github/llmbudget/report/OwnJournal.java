package io.github.llmbudget.report;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceComponent;
import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.price.PriceRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of this JVM as it has written it: reading its own journal again would cost a short run more than the rest of
 * the report. Each value is kept as it would be read. Safe for use by many threads.
 */
final class OwnJournal {

    /** Larger journals are read when they are needed. */
    private static final long MOST_BYTES = 1 << 24;

    private static volatile @Nullable OwnJournal latest;

    private final Path file;
    private final CallPacker packer = new CallPacker();
    private final IdentityHashMap<PriceRow, PriceRow> listed = new IdentityHashMap<>();
    private final Map<PriceRow, PriceRow> reported = new HashMap<>();
    private final List<Supplier<JournalLine>> lines = new ArrayList<>();
    private long bytes;

    private OwnJournal(Path file) {
        this.file = file;
    }

    /** Begins to note what is written into a file, or goes on where an earlier plan of this JVM has written into it. */
    static synchronized OwnJournal begin(Path file) {
        OwnJournal known = latest;
        if (known == null || !known.file.equals(file)) {
            known = new OwnJournal(file);
            latest = known;
        }
        return known;
    }

    /** Returns the journal in a file, {@code null} if it is not the one written here, or has been changed since. */
    static @Nullable Journal of(Path file) throws IOException {
        OwnJournal known = latest;
        return known == null || !known.file.equals(file) ? null : known.ifWhole();
    }

    private synchronized @Nullable Journal ifWhole() throws IOException {
        return bytes > MOST_BYTES || Files.size(file) != bytes
                ? null
                : Journal.of(file, lines.stream().map(Supplier::get).toList());
    }

    /** Notes a line that the file has now. */
    synchronized void wrote(JournalLine line, long length) {
        bytes += length;
        if (bytes > MOST_BYTES) {
            lines.clear();
        } else {
            lines.add(line instanceof JournalLine.Test over ? packed(over.test()) : () -> line);
        }
    }

    private Supplier<JournalLine> packed(TestUsage test) {
        List<byte[]> calls = new ArrayList<>(test.calls().size());
        for (CallUsage usage : test.calls()) {
            LlmCall call = asWritten(usage.call());
            calls.add(packer.pack(
                    new CallUsage(call, asWritten(usage.cost()), usage.missingPrices(), usage.conversation())));
        }
        List<LimitUsage> limits = new ArrayList<>(test.limits().size());
        test.limits().forEach(limit -> limits.add(limit.asWritten()));
        TestUsage rest = test.with(List.of(), limits);
        return () -> new JournalLine.Test(rest.with(packer.calls(calls), limits));
    }

    /** Counts that nobody knows are not written. */
    private static LlmCall asWritten(LlmCall call) {
        BigDecimal reported = call.reportedCost();
        boolean isUncounted = call.isUncounted() && !call.tokens().equals(TokenCounts.NONE);
        if (reported == null && !isUncounted) {
            return call;
        }
        LlmCall.Builder written = call.toBuilder();
        if (isUncounted) {
            written.tokens(TokenCounts.NONE, call.countSource());
        }
        return written.reportedCost(reported == null ? null : Decimals.asWritten(reported))
                .build();
    }

    /** Nor is the amount of what has no price. */
    private Cost asWritten(Cost cost) {
        List<PriceLine> written = new ArrayList<>(cost.lines().size());
        for (PriceLine line : cost.lines()) {
            written.add(new PriceLine(Decimals.asWritten(line.quantity()), asWritten(line)));
        }
        BigDecimal usd = cost.exactness() == Cost.Exactness.UNPRICED ? BigDecimal.ZERO : Decimals.asWritten(cost.usd());
        return new Cost(usd, cost.exactness(), written);
    }

    /** The row of a list is one object for all calls, but each call that the service prices itself has a row of its own. */
    private PriceRow asWritten(PriceLine line) {
        return line.component() == PriceComponent.REPORTED
                ? reported.computeIfAbsent(asWritten(line.row()), Function.identity())
                : listed.computeIfAbsent(line.row(), OwnJournal::asWritten);
    }

    private static PriceRow asWritten(PriceRow row) {
        return new PriceRow(
                row.provider(),
                row.model(),
                row.component(),
                row.kind(),
                row.per(),
                Decimals.asWritten(row.usd()),
                row.step(),
                row.serviceTier(),
                row.region(),
                row.from(),
                row.until(),
                row.window(),
                row.source(),
                row.checked(),
                row.list());
    }
}
