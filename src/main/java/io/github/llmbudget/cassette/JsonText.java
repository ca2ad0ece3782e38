package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Texts between quotes, and bytes that are texts. */
final class JsonText {

    private JsonText() {}

    /** Decodes bytes, if they are a text. */
    static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2);
        quote(text, quoted);
        return quoted.toString();
    }

    static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            switch (next) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isHidden(next) || isHalf(text, i)) {
                        out.append("\\u").append(hex(next));
                    } else {
                        out.append(next);
                    }
                }
            }
        }
        out.append('"');
    }

    /** What would not be seen, or would pass for the end of a line, in an editor. */
    private static boolean isHidden(char next) {
        return next < ' ' || next == 0x7F || next == 0x85 || next == 0x2028 || next == 0x2029 || next == 0xFEFF;
    }

    private static boolean isHalf(String text, int at) {
        char next = text.charAt(at);
        if (Character.isHighSurrogate(next)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(next) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static String hex(char next) {
        String digits = Integer.toHexString(next);
        return "0".repeat(4 - digits.length()) + digits;
    }
}
