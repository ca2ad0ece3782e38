package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * Walks a JSON text in UTF-8 and checks every byte it passes. It tells where each value stands, for a cassette gives back
 * what was recorded with every number and escape spelt as it was, which no tree of values remembers.
 */
final class JsonCursor {

    /** A little less than what Gson reads, so that it can read whatever passes here. */
    private static final int DEEPEST = 250;

    /** What a cassette puts around a body, generously. */
    private static final int LEVELS_OF_A_CASSETTE = 10;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int depth;
    /** Whether an object or array has just begun, so that no comma is to come. */
    private boolean fresh;

    JsonCursor(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    JsonCursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Tells whether bytes are an object or an array, with nothing but white space around it. */
    static boolean isObjectOrArray(byte[] bytes, int from, int to) {
        JsonCursor cursor = new JsonCursor(bytes, from, to);
        cursor.depth = LEVELS_OF_A_CASSETTE;
        int first = cursor.peek();
        if (first != '{' && first != '[') {
            return false;
        }
        try {
            cursor.skipValue();
            cursor.finish();
            return true;
        } catch (JsonFault e) {
            return false;
        }
    }

    /** Where the next token begins. */
    int position() {
        skipBlanks();
        return at;
    }

    /** Where the last token ended. */
    int ended() {
        return at;
    }

    /** The first byte of the next token, -1 at the end. */
    int peek() {
        skipBlanks();
        return at < end ? Byte.toUnsignedInt(bytes[at]) : -1;
    }

    void beginObject() {
        expect('{', "an object");
        open();
    }

    /** Steps to the value of the next member; {@code null} if the object ends. */
    @Nullable
    String nextName() {
        if (!nextItem('}')) {
            return null;
        }
        if (peek() != '"') {
            throw fault("expected a name in quotes");
        }
        String name = string();
        expect(':', "a colon after the name '" + name + "'");
        return name;
    }

    void beginArray() {
        expect('[', "an array");
        open();
    }

    /** Steps to the next element; false if the array ends. */
    boolean nextElement() {
        return nextItem(']');
    }

    private void open() {
        if (++depth > DEEPEST) {
            throw fault("this is nested too deeply");
        }
        fresh = true;
    }

    private boolean nextItem(char close) {
        int next = peek();
        if (next == close) {
            at++;
            depth--;
            fresh = false;
            return false;
        }
        if (fresh) {
            fresh = false;
        } else {
            expect(',', "a comma or " + close);
        }
        return true;
    }

    /** Reads a text. */
    String string() {
        if (peek() != '"') {
            throw fault("expected a text in quotes");
        }
        int from = at + 1;
        boolean escaped = skipString();
        return escaped ? unescaped(from, at - 1) : new String(bytes, from, at - 1 - from, UTF_8);
    }

    /** Reads the spelling of a number. */
    String number() {
        int from = position();
        int first = peek();
        if (first != '-' && (first < '0' || first > '9')) {
            throw fault("expected a number");
        }
        skipNumber();
        return new String(bytes, from, at - from, UTF_8);
    }

    boolean bool() {
        boolean value = peek() == 't';
        skipWord(value ? "true" : "false");
        return value;
    }

    void skipValue() {
        switch (peek()) {
            case '{' -> {
                beginObject();
                while (nextItem('}')) {
                    if (peek() != '"') {
                        throw fault("expected a name in quotes");
                    }
                    skipString();
                    expect(':', "a colon after a name");
                    skipValue();
                }
            }
            case '[' -> {
                beginArray();
                while (nextItem(']')) {
                    skipValue();
                }
            }
            case '"' -> skipString();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            case -1 -> throw fault("the text ends where a value is expected");
            default -> skipNumber();
        }
    }

    /** Checks that nothing follows. */
    void finish() {
        if (peek() != -1) {
            throw fault("nothing may follow the outermost value");
        }
    }

    JsonFault fault(String message) {
        return new JsonFault(Math.min(at, end), message);
    }

    private void expect(char wanted, String what) {
        if (peek() != wanted) {
            throw fault("expected " + what);
        }
        at++;
    }

    private void skipBlanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private void skipWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || bytes[at + i] != word.charAt(i)) {
                throw fault("expected a value");
            }
        }
        at += word.length();
        fresh = false;
    }

    private void skipNumber() {
        if (at < end && bytes[at] == '-') {
            at++;
        }
        if (at < end && bytes[at] == '0') {
            at++;
        } else {
            skipDigits();
        }
        if (at < end && bytes[at] == '.') {
            at++;
            skipDigits();
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            skipDigits();
        }
        fresh = false;
    }

    private void skipDigits() {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw fault("expected a value");
        }
    }

    /** Steps over a text, and tells whether there are escapes in it. */
    private boolean skipString() {
        boolean escaped = false;
        int i = at + 1;
        while (true) {
            if (i >= end) {
                at = i;
                throw fault("a text is not closed with a quote");
            }
            byte next = bytes[i];
            if (next == '"') {
                at = i + 1;
                fresh = false;
                return escaped;
            } else if (next == '\\') {
                escaped = true;
                i = afterEscape(i);
            } else if (next >= ' ') {
                i++;
            } else if (next < 0) {
                i = afterCharacter(i);
            } else {
                at = i;
                throw fault("a control character must be escaped in a text");
            }
        }
    }

    private int afterEscape(int from) {
        int kind = from + 1 < end ? bytes[from + 1] : -1;
        if (kind == 'u') {
            for (int i = from + 2; i < from + 6; i++) {
                if (i >= end || Character.digit(bytes[i], 16) < 0) {
                    at = from;
                    throw fault("\\u takes four hexadecimal digits");
                }
            }
            return from + 6;
        }
        if (kind < 0 || "\"\\/bfnrt".indexOf(kind) < 0) {
            at = from;
            throw fault("there is no such escape");
        }
        return from + 2;
    }

    /** Steps over a character of several bytes. */
    private int afterCharacter(int from) {
        int first = bytes[from] & 0xFF;
        int following = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        int second = from + 1 < end ? bytes[from + 1] & 0xFF : 0;
        boolean wellFormed = first >= 0xC2
                && first <= 0xF4
                // Neither longer than need be, nor half of a pair, nor beyond the last character.
                && (first != 0xE0 || second >= 0xA0)
                && (first != 0xED || second < 0xA0)
                && (first != 0xF0 || second >= 0x90)
                && (first != 0xF4 || second < 0x90);
        for (int i = from + 1; wellFormed && i <= from + following; i++) {
            wellFormed = i < end && (bytes[i] & 0xC0) == 0x80;
        }
        if (!wellFormed) {
            at = from;
            throw fault("this is not UTF-8");
        }
        return from + 1 + following;
    }

    private String unescaped(int from, int to) {
        String text = new String(bytes, from, to - from, UTF_8);
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next != '\\') {
                plain.append(next);
                continue;
            }
            char kind = text.charAt(++i);
            switch (kind) {
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> plain.append(kind);
            }
        }
        return plain.toString();
    }
}
