package io.github.llmbudget.report;

import io.github.llmbudget.budget.TextWidth;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes harmless what others named: tests, models, price lists. A line stays a line, reads in one direction, and commands
 * no terminal.
 */
final class PlainText {

    private static final String CUT = "...";
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    /** What turns the direction of a text, and halves of characters. */
    private static final Pattern MISLEADING =
            Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFFF9-\\uFFFB\\p{Cs}\\p{Cn}]");

    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");
    private static final Pattern PILES_OF_MARKS = Pattern.compile("(\\p{M}{3})\\p{M}+");

    private PlainText() {}

    /** Returns a text with nothing but characters that show. */
    static String of(String text) {
        String line = BREAKS.matcher(text).replaceAll(" ");
        line = MISLEADING.matcher(line).replaceAll("\uFFFD");
        line = UNSEEN.matcher(line).replaceAll("");
        return PILES_OF_MARKS.matcher(line).replaceAll("$1");
    }

    /** Keeps the end of a name: the method stands there, and tells tests of one class apart. */
    static String end(String name, int width) {
        String text = of(name);
        if (TextWidth.of(text) <= width) {
            return text;
        }
        int left = width - CUT.length();
        int start = text.length();
        while (start > 0) {
            int character = text.codePointBefore(start);
            left -= TextWidth.of(character);
            if (left < 0) {
                break;
            }
            start -= Character.charCount(character);
        }
        return CUT + text.substring(start);
    }

    /** Keeps the beginning of a text. */
    static String beginning(String name, int width) {
        String text = of(name);
        return TextWidth.of(text) <= width ? text : text.substring(0, fitting(text, width - CUT.length())) + CUT;
    }

    /** Breaks a text into lines, between words where there are any; the lines after the first are indented. */
    static List<String> lines(String text, int width, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = of(text).strip();
        while (TextWidth.of(rest) > width) {
            int end = fitting(rest, width);
            int blank = rest.lastIndexOf(' ', end);
            int cut = blank > indent.length() ? blank : end;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = indent + rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** Returns a text as a charset has it: what it lacks is as wide as the sign that is shown for it. */
    static String encodable(String text, Charset charset) {
        return new String(text.getBytes(charset), charset);
    }

    /** Returns how many characters of a text have room. */
    private static int fitting(String text, int width) {
        int left = width;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            left -= TextWidth.of(character);
            if (left < 0) {
                break;
            }
            end += Character.charCount(character);
        }
        return end;
    }
}
