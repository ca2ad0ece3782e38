package io.github.llmbudget.wire;

/** The text that a JSON string stands for. */
final class JsonText {

    private static final int HEX_DIGITS = 4;

    private JsonText() {}

    /**
     * Undoes the escapes.
     *
     * @param text what stands between the quotes; escapes that are none are left as they are
     * @return the text
     */
    static String unescaped(String text) {
        int escape = text.indexOf('\\');
        if (escape < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        while (escape >= 0 && escape + 1 < text.length()) {
            plain.append(text, from, escape);
            char kind = text.charAt(escape + 1);
            from = escape + 2;
            switch (kind) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    int end = Math.min(from + HEX_DIGITS, text.length());
                    plain.append(codeUnit(text.substring(from, end)));
                    from = end;
                }
                default -> plain.append(kind);
            }
            escape = text.indexOf('\\', from);
        }
        return plain.append(text, from, text.length()).toString();
    }

    private static char codeUnit(String hex) {
        try {
            return (char) Integer.parseInt(hex, 16);
        } catch (NumberFormatException e) {
            return '\uFFFD';
        }
    }
}
