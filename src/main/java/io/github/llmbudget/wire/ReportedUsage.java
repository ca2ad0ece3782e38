package io.github.llmbudget.wire;

import io.github.llmbudget.call.TokenCounts;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One usage object while it is read. */
final class ReportedUsage {

    /** Beyond anything a call can use; more is a mistake, and would overflow sums. */
    private static final long HIGHEST_COUNT = 1_000_000_000_000L;

    private final Map<Field, Long> counts = new EnumMap<>(Field.class);

    void put(Field field, String number) {
        Long count = parse(number);
        if (count != null) {
            counts.put(field, count);
        }
    }

    /**
     * Returns the counts, {@code null} if the object does not tell all input and all output.
     *
     * @param outputless whether the operation has no output to tell
     */
    @Nullable
    TokenCounts toTokenCounts(boolean outputless) {
        if (!counts.containsKey(Field.OUTPUT) && count(Field.TOTAL) > count(Field.INPUT)) {
            counts.put(Field.OUTPUT, count(Field.TOTAL) - count(Field.INPUT));
        }
        if (!counts.containsKey(Field.INPUT) || (!outputless && !counts.containsKey(Field.OUTPUT))) {
            return null;
        }
        return new TokenCounts(
                count(Field.INPUT),
                count(Field.CACHED_INPUT),
                count(Field.CACHE_WRITE),
                count(Field.AUDIO_INPUT),
                count(Field.OUTPUT),
                count(Field.REASONING),
                count(Field.AUDIO_OUTPUT));
    }

    private long count(Field field) {
        return counts.getOrDefault(field, 0L);
    }

    private static @Nullable Long parse(String number) {
        try {
            long count = new BigDecimal(number).longValueExact();
            return count < 0 || count > HIGHEST_COUNT ? null : count;
        } catch (ArithmeticException | NumberFormatException e) {
            // Not a count: the field is as good as absent.
            return null;
        }
    }
}
