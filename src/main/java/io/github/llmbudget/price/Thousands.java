package io.github.llmbudget.price;

import org.apiguardian.api.API;

/**
 * Separates the thousands of a number. Reports do it so often that a formatter would take most of their time.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Thousands {

    private static final int GROUP = 3;

    private Thousands() {}

    /**
     * Puts separators into a number.
     *
     * @param number the number in plain notation, with or without decimals
     * @return for example {@code 7,822.5}
     */
    public static String separated(String number) {
        int point = number.indexOf('.');
        int end = point < 0 ? number.length() : point;
        int start = number.startsWith("-") ? 1 : 0;
        if (end - start <= GROUP) {
            return number;
        }
        StringBuilder separated = new StringBuilder(number);
        for (int at = end - GROUP; at > start; at -= GROUP) {
            separated.insert(at, ',');
        }
        return separated.toString();
    }
}
