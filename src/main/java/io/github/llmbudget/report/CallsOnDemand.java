package io.github.llmbudget.report;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a test where a run can have hundreds of thousands: each is made anew whenever somebody asks for it, so that
 * going through them takes no more room than one of them does.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CallsOnDemand extends AbstractList<CallUsage> implements RandomAccess {

    /** So many take a few megabytes when they are all made. */
    static final int MOST_AT_ONCE = 10_000;

    private final int size;
    private final IntFunction<CallUsage> make;
    private final BooleanSupplier isKept;
    private @Nullable List<CallUsage> kept;
    private @Nullable Totals totals;

    /**
     * Describes the calls of a test.
     *
     * @param size how many there are
     * @param make makes one
     * @param isKept whether the report has few calls in all, so that those that are made may stay
     */
    CallsOnDemand(int size, IntFunction<CallUsage> make, BooleanSupplier isKept) {
        this.size = size;
        this.make = make;
        this.isKept = isKept;
    }

    /**
     * Returns the calls of a test: made at once, unless they are too many for that.
     *
     * @param size how many there are
     * @param make makes one, the same one each time it is asked for its place
     * @return the calls in order
     */
    public static List<CallUsage> of(int size, IntFunction<CallUsage> make) {
        return new CallsOnDemand(size, make, () -> false).forSeveralLooks();
    }

    /** Returns them for somebody who goes through them several times. */
    List<CallUsage> forSeveralLooks() {
        List<CallUsage> known = kept;
        if (known != null) {
            return known;
        }
        if (size > MOST_AT_ONCE) {
            return this;
        }
        CallUsage[] made = new CallUsage[size];
        for (int index = 0; index < size; index++) {
            made[index] = make.apply(index);
        }
        List<CallUsage> all = List.of(made);
        if (isKept.getAsBoolean()) {
            kept = all;
        }
        return all;
    }

    /** Returns their sums, made once: tests are sorted by them. */
    Totals totals() {
        Totals sums = totals;
        if (sums == null) {
            sums = Totals.of(forSeveralLooks());
            totals = sums;
        }
        return sums;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public CallUsage get(int index) {
        List<CallUsage> known = kept;
        return known == null ? make.apply(index) : known.get(index);
    }
}
