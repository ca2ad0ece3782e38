package io.github.llmbudget.price;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Hours of the week in which a price holds, in the time of one place.
 *
 * @param firstDay the first day of the week
 * @param lastDay the last day of the week, in the same week
 * @param start the time of day at which it begins
 * @param end the time of day at which it is over; midnight is the end of the day
 * @param offset the place's distance from UTC
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TimeWindow(DayOfWeek firstDay, DayOfWeek lastDay, LocalTime start, LocalTime end, ZoneOffset offset) {

    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static final String DAY = "(mon|tue|wed|thu|fri|sat|sun)";
    private static final Pattern TEXT =
            Pattern.compile("(?i)(?:" + DAY + "-" + DAY + " )?(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)([+-]\\d\\d:\\d\\d|Z)");

    /**
     * Checks that the window is not empty.
     *
     * @param firstDay the first day of the week
     * @param lastDay the last day of the week, in the same week
     * @param start the time of day at which it begins
     * @param end the time of day at which it is over; midnight is the end of the day
     * @param offset the place's distance from UTC
     * @throws IllegalArgumentException if it ends before it begins
     */
    public TimeWindow {
        boolean endless = end.equals(LocalTime.MIDNIGHT);
        if (firstDay.compareTo(lastDay) > 0 || !(endless || start.isBefore(end))) {
            throw new IllegalArgumentException("the window ends before it begins");
        }
    }

    /**
     * Reads a window.
     *
     * @param text for example {@code Mon-Fri 09:00-12:00+08:00}, or {@code 22:00-24:00Z} for every day
     * @return the window
     * @throws IllegalArgumentException if it is none
     */
    public static TimeWindow of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected hours such as Mon-Fri 09:00-12:00+08:00");
        }
        try {
            return new TimeWindow(
                    matcher.group(1) == null ? DayOfWeek.MONDAY : day(matcher.group(1)),
                    matcher.group(2) == null ? DayOfWeek.SUNDAY : day(matcher.group(2)),
                    LocalTime.parse(matcher.group(3)),
                    matcher.group(4).equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group(4)),
                    ZoneOffset.of(matcher.group(5)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected hours such as Mon-Fri 09:00-12:00+08:00: " + e.getMessage(), e);
        }
    }

    private static DayOfWeek day(String name) {
        return DayOfWeek.of(DAYS.indexOf(name.toLowerCase(Locale.ROOT)) + 1);
    }

    boolean holds(Instant instant) {
        OffsetDateTime there = instant.atOffset(offset);
        LocalTime time = there.toLocalTime();
        return there.getDayOfWeek().compareTo(firstDay) >= 0
                && there.getDayOfWeek().compareTo(lastDay) <= 0
                && !time.isBefore(start)
                && (end.equals(LocalTime.MIDNIGHT) || time.isBefore(end));
    }

    boolean overlaps(TimeWindow other) {
        if (!offset.equals(other.offset)) {
            // Two places in one list of hours are two ways to say the same; which of them holds must not be a question.
            return true;
        }
        return firstDay.compareTo(other.lastDay) <= 0
                && other.firstDay.compareTo(lastDay) <= 0
                && (other.end.equals(LocalTime.MIDNIGHT) || start.isBefore(other.end))
                && (end.equals(LocalTime.MIDNIGHT) || other.start.isBefore(end));
    }

    /** Returns the window as price lists write it. */
    @Override
    public String toString() {
        String days = firstDay == DayOfWeek.MONDAY && lastDay == DayOfWeek.SUNDAY
                ? ""
                : abbreviation(firstDay) + "-" + abbreviation(lastDay) + " ";
        return days + start + "-" + (end.equals(LocalTime.MIDNIGHT) ? "24:00" : end) + offset;
    }

    private static String abbreviation(DayOfWeek day) {
        String name = DAYS.get(day.getValue() - 1);
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
