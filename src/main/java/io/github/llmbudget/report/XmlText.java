package io.github.llmbudget.report;

import java.util.regex.Pattern;

/** Makes texts fit for XML 1.0, which has no place for some characters, not even escaped. */
final class XmlText {

    private static final Pattern NONE_OF_XML =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private XmlText() {}

    /** Replaces what XML cannot hold. */
    static String of(String text) {
        return NONE_OF_XML.matcher(text).replaceAll("\uFFFD");
    }
}
