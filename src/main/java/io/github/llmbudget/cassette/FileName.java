package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Pattern;

/** A name that every file system takes, and that differs for names that differ. */
final class FileName {

    private static final int LONGEST = 120;

    /** Most file systems count bytes, and take 255 of them; a letter may have three. */
    private static final int MOST_BYTES = 220;

    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x1F\\x7F<>:\"/\\\\|?*]");
    private static final Pattern RESERVED = Pattern.compile("(?i)(?:con|prn|aux|nul|com\\d|lpt\\d)(?:\\..*)?");
    private static final Pattern AT_THE_END = Pattern.compile("[. ]+$");
    private static final Pattern AT_THE_BEGINNING = Pattern.compile("^\\.+");

    private FileName() {}

    static String of(String name) {
        String tame = FORBIDDEN.matcher(name).replaceAll("_");
        tame = AT_THE_END
                .matcher(AT_THE_BEGINNING.matcher(tame).replaceAll("_"))
                .replaceAll("_");
        if (RESERVED.matcher(tame).matches()) {
            tame = "_" + tame;
        }
        tame = shortened(tame);
        return !tame.isEmpty() && tame.equals(name)
                ? name
                : tame + "-" + String.format(Locale.ROOT, "%08x", name.hashCode());
    }

    private static String shortened(String name) {
        int bytes = 0;
        for (int end = 0; end < name.length(); ) {
            int character = name.codePointAt(end);
            int next = end + Character.charCount(character);
            bytes += Character.toString(character).getBytes(UTF_8).length;
            if (next > LONGEST || bytes > MOST_BYTES) {
                return name.substring(0, end);
            }
            end = next;
        }
        return name;
    }
}
