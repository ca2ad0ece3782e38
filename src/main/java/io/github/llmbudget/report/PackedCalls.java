package io.github.llmbudget.report;

import io.github.llmbudget.call.CallCodec;
import io.github.llmbudget.call.PackedReader;
import io.github.llmbudget.call.PackedWriter;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceLine;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a test in few bytes: a run can have hundreds of thousands. Each is unpacked anew whenever somebody asks for it,
 * so that going through them takes no more room than one of them does.
 */
final class PackedCalls extends AbstractList<CallUsage> implements RandomAccess {

    private static final Cost.Exactness[] EXACTNESS = Cost.Exactness.values();

    /** So many take a few megabytes when they are unpacked. */
    private static final int MOST_AT_ONCE = 10_000;

    private final Packer packer;
    private final byte[][] packed;
    private @Nullable Totals totals;

    private PackedCalls(Packer packer, byte[][] packed) {
        this.packer = packer;
        this.packed = packed;
    }

    /** Returns their sums, made once: tests are sorted by them. */
    Totals totals() {
        Totals sums = totals;
        if (sums == null) {
            sums = Totals.of(unpacked());
            totals = sums;
        }
        return sums;
    }

    /** Returns them for somebody who goes through them several times: unpacked once, unless they are too many for that. */
    List<CallUsage> unpacked() {
        return packed.length <= MOST_AT_ONCE ? List.copyOf(this) : this;
    }

    @Override
    public int size() {
        return packed.length;
    }

    @Override
    public CallUsage get(int index) {
        return packer.unpack(packed[index]);
    }

    /** Packs the calls of the tests of one report, which have much in common. Used by one thread. */
    @SuppressWarnings("EnumOrdinal") // no bytes outlive the packer
    static final class Packer {

        private static final byte[][] NONE = {};

        private final CallCodec codec = new CallCodec();
        private final PriceRows rows = new PriceRows();
        private final PackedWriter out = new PackedWriter();

        /** Takes the packed calls of a test. */
        List<CallUsage> list(List<byte[]> packed) {
            return new PackedCalls(this, packed.toArray(NONE));
        }

        byte[] pack(CallUsage usage) {
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

        private CallUsage unpack(byte[] packed) {
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
}
