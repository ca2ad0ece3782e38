package io.github.llmbudget.wire;

import io.github.llmbudget.call.TokenCounts;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One usage object while it is read. */
final class ReportedUsage {

    private final Map<Field, Long> counts = new EnumMap<>(Field.class);

    void put(Field field, String number) {
        Long count = parse(number);
        if (count != null) {
            counts.put(field, count);
        }
    }

    /** Returns the counts, {@code null} if the object held neither input nor output. */
    @Nullable
    TokenCounts toTokenCounts() {
        if (!counts.containsKey(Field.INPUT) && !counts.containsKey(Field.OUTPUT)) {
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
            return count < 0 ? null : count;
        } catch (ArithmeticException | NumberFormatException e) {
            // Not a count: the field is as good as absent, and absent counts are estimated and marked.
            return null;
        }
    }
}
