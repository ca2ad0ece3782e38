package io.github.llmbudget.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Names the places of a page that can be linked to. The place of a test has the name of the test, so that a link can be
 * made without the page.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Anchors {

    private static final String PLAIN = "-._~()[],:@!$'*+;=";
    private static final int BYTE = 0xff;

    private final Map<String, Integer> taken = new HashMap<>();

    /** Creates the names of a page that has none yet. */
    Anchors() {}

    /**
     * Returns the place of a test, as far as no other test has the same name.
     *
     * @param name the test's name
     * @return the name without what a place must not have: whitespace and control characters
     */
    public static String of(String name) {
        StringBuilder anchor = null;
        for (int at = 0; at < name.length(); at++) {
            char character = name.charAt(at);
            if (Character.isWhitespace(character) || Character.isISOControl(character) || !isSound(name, at)) {
                anchor = anchor == null ? new StringBuilder(name) : anchor;
                anchor.setCharAt(at, '_');
            }
        }
        return anchor == null ? name : anchor.toString();
    }

    /**
     * Returns the link to a place of the same page.
     *
     * @param anchor the place
     * @return for example {@code #BotTest.answers(String)_%C3%A4}
     */
    public static String href(String anchor) {
        StringBuilder link = new StringBuilder("#");
        for (byte octet : anchor.getBytes(UTF_8)) {
            char character = (char) (octet & BYTE);
            boolean isPlain = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || PLAIN.indexOf(character) >= 0;
            if (isPlain) {
                link.append(character);
            } else {
                link.append('%')
                        .append(Character.toUpperCase(Character.forDigit(character >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(character & 0xf, 16)));
            }
        }
        return link.toString();
    }

    /** Returns a place that nobody has yet: that of the name, or with {@code ~2} and so on behind it. */
    String take(String name) {
        String anchor = of(name);
        int number = taken.getOrDefault(anchor, 0);
        String free;
        do {
            number++;
            free = number == 1 ? anchor : anchor + "~" + number;
        } while (number > 1 && taken.containsKey(free));
        taken.put(anchor, number);
        taken.putIfAbsent(free, 1);
        return free;
    }

    /** Half a surrogate pair cannot be written. */
    private static boolean isSound(String name, int at) {
        char character = name.charAt(at);
        if (Character.isHighSurrogate(character)) {
            return at + 1 < name.length() && Character.isLowSurrogate(name.charAt(at + 1));
        }
        return !Character.isLowSurrogate(character) || (at > 0 && Character.isHighSurrogate(name.charAt(at - 1)));
    }
}
