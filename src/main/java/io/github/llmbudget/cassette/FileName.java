package io.github.llmbudget.cassette;

import java.util.Locale;
import java.util.regex.Pattern;

/** A name that every file system takes, and that differs for names that differ. */
final class FileName {

    private static final int LONGEST = 120;

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
        if (tame.length() > LONGEST) {
            int end = Character.isHighSurrogate(tame.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            tame = tame.substring(0, end);
        }
        return !tame.isEmpty() && tame.equals(name)
                ? name
                : tame + "-" + String.format(Locale.ROOT, "%08x", name.hashCode());
    }
}
