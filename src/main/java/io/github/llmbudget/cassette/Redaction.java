package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.wire.JsonPath;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces what must not be written. What was replaced once stays as it is when it is redacted again. */
record Redaction(List<JsonPath> paths, List<Pattern> patterns) implements Rewriting {

    static final String CONSTANT = "REDACTED";

    boolean isEmpty() {
        return paths.isEmpty() && patterns.isEmpty();
    }

    @Override
    public JsonElement in(JsonElement tree) {
        JsonElement redacted = tree;
        for (JsonPath path : paths) {
            redacted = path.replace(redacted, value -> new JsonPrimitive(CONSTANT));
        }
        return patterns.isEmpty() ? redacted : inEachText(redacted);
    }

    @Override
    public String in(String text) {
        String redacted = text;
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(redacted);
            if (matcher.find()) {
                redacted = replaced(redacted, matcher);
            }
        }
        return redacted;
    }

    private static String replaced(String text, Matcher matcher) {
        StringBuilder redacted = new StringBuilder(text.length());
        do {
            boolean kept = matcher.start() == matcher.end() || touchesConstant(text, matcher.start(), matcher.end());
            matcher.appendReplacement(redacted, Matcher.quoteReplacement(kept ? matcher.group() : CONSTANT));
        } while (matcher.find());
        return matcher.appendTail(redacted).toString();
    }

    /** Whether a match lies within what an earlier redaction has put there. */
    private static boolean touchesConstant(String text, int from, int to) {
        int at = text.lastIndexOf(CONSTANT, from);
        return at >= 0 && at <= from && to <= at + CONSTANT.length();
    }

    /** Redacts the body of an answer, which stays in its layout. Bytes that are no text stay as they are. */
    byte[] inAnswer(byte[] body) {
        return isEmpty() ? body : inText(body).orElse(body);
    }

    /** Redacts the body of a request, which is compared, and never sent again. */
    byte[] inRequest(byte[] body) {
        // The fields of a form beside a file: every byte is a character of its own in this encoding.
        return isEmpty()
                ? body
                : inText(body).orElseGet(() -> in(new String(body, ISO_8859_1)).getBytes(ISO_8859_1));
    }
}
