package io.github.llmbudget.report;

import io.github.llmbudget.call.CallCodec;
import io.github.llmbudget.call.PackedReader;
import io.github.llmbudget.call.PackedWriter;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs the calls of the tests of one report, which have much in common, into few bytes. Safe for use by many threads: a
 * report may be made while other tests go on.
 */
@SuppressWarnings("EnumOrdinal") // no bytes outlive the packer
final class CallPacker {

    private static final Cost.Exactness[] EXACTNESS = Cost.Exactness.values();

    private final CallCodec codec = new CallCodec();
    private final PriceRows rows = new PriceRows();
    private final PackedWriter out = new PackedWriter();
    private int size;

    /** Returns the calls that were packed. */
    List<CallUsage> calls(List<byte[]> packed) {
        byte[][] all = packed.toArray(byte[][]::new);
        return new CallsOnDemand(all.length, index -> unpack(all[index]), this::hasFew);
    }

    /** Tells whether all calls may be held at once: most reports have few, and look at each several times. */
    private synchronized boolean hasFew() {
        return size <= CallsOnDemand.MOST_AT_ONCE;
    }

    synchronized byte[] pack(CallUsage usage) {
        size++;
        out.clear();
        out.bytes(codec.pack(usage.call()));
        pack(usage.cost());
        out.number(usage.missingPrices().size());
        usage.missingPrices().forEach(out::text);
        Conversation conversation = usage.conversation();
        out.number(conversation == null ? 0 : 1);
        if (conversation != null) {
            out.text(conversation.request());
            out.text(conversation.answer());
        }
        return out.toBytes();
    }

    private void pack(Cost cost) {
        out.number(cost.exactness().ordinal());
        out.decimal(cost.usd());
        out.number(cost.lines().size());
        for (PriceLine line : cost.lines()) {
            out.decimal(line.quantity());
            out.number(rows.placeOf(line.row()));
        }
    }

    private synchronized CallUsage unpack(byte[] packed) {
        PackedReader in = new PackedReader(packed);
        return new CallUsage(codec.unpack(in.bytes()), cost(in), texts(in), conversation(in));
    }

    private Cost cost(PackedReader in) {
        Cost.Exactness exactness = EXACTNESS[(int) in.number()];
        BigDecimal usd = in.decimal();
        int count = (int) in.number();
        List<PriceLine> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(new PriceLine(in.decimal(), rows.at((int) in.number())));
        }
        return new Cost(usd, exactness, lines);
    }

    private static List<String> texts(PackedReader in) {
        int count = (int) in.number();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return texts;
    }

    private static @Nullable Conversation conversation(PackedReader in) {
        return in.number() == 0 ? null : new Conversation(in.text(), in.text());
    }
}
