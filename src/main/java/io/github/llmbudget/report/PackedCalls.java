package io.github.llmbudget.report;

import io.github.llmbudget.call.CallCodec;
import io.github.llmbudget.call.PackedReader;
import io.github.llmbudget.call.PackedWriter;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceLine;
import java.math.BigDecimal;
import java.util.AbstractSequentialList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a test in few bytes: a run can have hundreds of thousands. They are unpacked anew each time somebody goes
 * through them.
 */
final class PackedCalls extends AbstractSequentialList<CallUsage> {

    private static final Cost.Exactness[] EXACTNESS = Cost.Exactness.values();

    private final Packer packer;
    private final int size;
    private final byte[] packed;
    private @Nullable Totals totals;

    private PackedCalls(Packer packer, int size, byte[] packed) {
        this.packer = packer;
        this.size = size;
        this.packed = packed;
    }

    /** Returns their sums, made once: tests are sorted by them. */
    Totals totals() {
        Totals sums = totals;
        if (sums == null) {
            sums = Totals.of(packer.unpack(packed, size));
            totals = sums;
        }
        return sums;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ListIterator<CallUsage> listIterator(int index) {
        return Collections.unmodifiableList(packer.unpack(packed, size)).listIterator(index);
    }

    /** Packs the calls of the tests of one report, which have much in common. Used by one thread. */
    @SuppressWarnings("EnumOrdinal") // no bytes outlive the packer
    static final class Packer {

        private final CallCodec codec = new CallCodec();
        private final PriceRows rows = new PriceRows();
        private final PackedWriter out = new PackedWriter();

        List<CallUsage> pack(List<CallUsage> calls) {
            out.clear();
            for (CallUsage usage : calls) {
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
            }
            return new PackedCalls(this, calls.size(), out.toBytes());
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

        private List<CallUsage> unpack(byte[] packed, int size) {
            PackedReader in = new PackedReader(packed);
            List<CallUsage> calls = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                calls.add(new CallUsage(codec.unpack(in.bytes()), cost(in), texts(in), conversation(in)));
            }
            return calls;
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
