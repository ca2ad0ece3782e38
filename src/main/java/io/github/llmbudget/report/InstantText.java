package io.github.llmbudget.report;

import java.time.Instant;

/** Writes times as ISO-8601 does. Most come soon after one another, so the second is written once for many. */
final class InstantText {

    private static final int MILLI = 1_000_000;
    private static final int MICRO = 1_000;
    private static final int BILLION = 1_000_000_000;

    private long second = Long.MIN_VALUE;
    private String upToSecond = "";

    String of(Instant instant) {
        if (instant.getEpochSecond() != second) {
            second = instant.getEpochSecond();
            upToSecond = upTo(second);
        }
        int nanos = instant.getNano();
        if (nanos == 0) {
            return upToSecond + "Z";
        }
        String digits = Integer.toString(BILLION + nanos);
        int end = nanos % MILLI == 0 ? 4 : nanos % MICRO == 0 ? 7 : 10;
        return upToSecond + "." + digits.substring(1, end) + "Z";
    }

    private static String upTo(long second) {
        String text = Instant.ofEpochSecond(second).toString();
        return text.substring(0, text.length() - 1);
    }
}
