package io.github.llmbudget.report;

/** Makes texts fit for XML 1.0, which has no place for some characters, not even escaped. */
final class XmlText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final int LAST = 0xFFFD;

    private XmlText() {}

    /** Replaces what XML cannot hold. */
    static String of(String text) {
        StringBuilder fit = null;
        int size = text.length();
        for (int at = 0; at < size; at++) {
            if (Character.isSurrogate(text.charAt(at)) && isPair(text, at)) {
                at++;
            } else if (!isFit(text.charAt(at))) {
                fit = fit == null ? new StringBuilder(text) : fit;
                fit.setCharAt(at, REPLACEMENT);
            }
        }
        return fit == null ? text : fit.toString();
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    private static boolean isFit(char character) {
        return character < ' '
                ? character == '\t' || character == '\n' || character == '\r'
                : character <= LAST && !Character.isSurrogate(character);
    }
}
