package io.github.llmbudget.report;

import java.util.regex.Pattern;

/**
 * Writes what others named into Markdown of GitHub, where it must mean nothing: no markup, no table cell, no mention of a
 * person or an issue, no link, no formula.
 */
final class MarkdownText {

    private static final Pattern SIMPLE = Pattern.compile("[\\p{Alnum} .,:;()\\[\\]_$'\"/=+#@<>&{}?!*~^-]*\\S");

    /** Money and the marks of figures are ours, and mean nothing where they stand. */
    private static final Pattern SPECIAL = Pattern.compile(
            "[\\\\`*_\\[\\]<&|{}]|>(?!=[\\d$])|\\$(?![\\d ])|(?<=\\S)~|~(?![\\s\\d$])|:(?=//)|(?<=www)\\.");

    private static final Pattern REFERENCE = Pattern.compile("[@#](?=\\S)");

    private static final int MAX_WIDTH = 1_000;

    private MarkdownText() {}

    /** Writes a name in the letters of code, where nothing in it is looked at. */
    static String code(String name, int width) {
        String shown = PlainText.end(name, width);
        // In a table neither a bar nor a backslash before one can stand between backticks.
        return SIMPLE.matcher(shown).matches() ? "`" + shown + "`" : "<code>" + entities(shown) + "</code>";
    }

    /** Writes a text of ours that names things. */
    static String of(String text) {
        String shown = PlainText.beginning(text, MAX_WIDTH);
        // An invisible blank keeps a mention from being one; an entity would be resolved before they are looked for.
        return entities(REFERENCE.matcher(shown).replaceAll("$0\u200B"));
    }

    private static String entities(String text) {
        return SPECIAL.matcher(text).replaceAll(found -> "&#" + found.group().codePointAt(0) + ";");
    }
}
