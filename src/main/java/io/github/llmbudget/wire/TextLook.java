package io.github.llmbudget.wire;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the first bytes of a body look like JSON or an event stream rather than like packed data. */
enum TextLook {
    TEXT,
    NO_TEXT,
    /** The bytes so far look like text, but packed data may begin so too. */
    PERHAPS;

    /** After as many bytes the answer is known. */
    static final int LENGTH = 16;

    /*
     * What few bytes tell apart is told by few. A Brotli stream often begins with what reads as '[' and may begin with
     * white space, followed by its length, so these count as text only together with a row of readable characters.
     */
    private static final Pattern TEXT_START = Pattern.compile("""
            \\xEF\\xBB\\xBF
            |(?:data|event|id|retry):
            |\\{[ \\t\\r\\n"}]
            |:[ -~\\t\\r\\n]
            |[\\[ \\t\\r\\n][ -~\\t\\r\\n]{15}
            """.replace("\n", ""));

    static TextLook of(byte[] head, int length) {
        Matcher start = TEXT_START.matcher(new String(head, 0, length, StandardCharsets.ISO_8859_1));
        if (start.lookingAt()) {
            return TEXT;
        }
        return start.hitEnd() && length < LENGTH ? PERHAPS : NO_TEXT;
    }
}
