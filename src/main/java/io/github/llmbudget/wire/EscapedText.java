package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * Turns what stands between the quotes of a JSON string into text, piece by piece: a piece may end within a character or
 * within an escape.
 */
final class EscapedText {

    private static final int LONGEST_CHARACTER = 4;
    private static final int LONGEST_ESCAPE = 6;

    private final CharsetDecoder decoder = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder open = new StringBuilder(LONGEST_ESCAPE);
    private byte[] leftOver = new byte[0];

    /** Returns the text that the piece completes. */
    String next(byte[] bytes, int offset, int length) {
        ByteBuffer in = ByteBuffer.allocate(leftOver.length + length);
        in.put(leftOver).put(bytes, offset, length).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + LONGEST_CHARACTER);
        decoder.decode(in, out, false);
        leftOver = new byte[in.remaining()];
        in.get(leftOver);
        return unescaped(open + out.flip().toString());
    }

    /** Returns what is left at the end of the text, as it is. */
    String rest() {
        String rest = open + new String(leftOver, UTF_8);
        open.setLength(0);
        leftOver = new byte[0];
        return rest;
    }

    private String unescaped(String text) {
        open.setLength(0);
        int whole = endOfWhole(text);
        open.append(text, whole, text.length());
        return JsonText.unescaped(text.substring(0, whole));
    }

    /** Finds where the last escape begins if it is not whole. */
    private static int endOfWhole(String text) {
        int from = Math.max(0, text.length() - LONGEST_ESCAPE);
        for (int at = text.length() - 1; at >= from; at--) {
            if (text.charAt(at) == '\\' && isEscape(text, at)) {
                int length = at + 1 < text.length() && text.charAt(at + 1) == 'u' ? LONGEST_ESCAPE : 2;
                return at + length > text.length() ? at : text.length();
            }
        }
        return text.length();
    }

    /** Tells whether a backslash begins an escape and does not end one. */
    private static boolean isEscape(String text, int at) {
        int before = at;
        while (before > 0 && text.charAt(before - 1) == '\\') {
            before--;
        }
        return (at - before) % 2 == 0;
    }
}
