package io.github.llmbudget.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apiguardian.api.API;

/**
 * Writes JSON as bytes. A report can have millions of values, most of them short and plain, for which a writer of
 * characters spends most of its time on each of them. Used by one thread.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JsonOut implements Closeable {

    private static final int LONGEST_CHARACTER = 6;
    private static final int FIRST_OF_SEVERAL_BYTES = 0x80;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final OutputStream out;
    private final byte[] buffer;
    private int length;
    private boolean isFirst = true;
    private long flushed;

    /**
     * Writes to a stream.
     *
     * @param out the stream
     * @param size how many bytes go to the stream at a time
     */
    public JsonOut(OutputStream out, int size) {
        this.out = out;
        this.buffer = new byte[size];
    }

    /**
     * Begins an object.
     *
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut beginObject() throws IOException {
        return begin('{');
    }

    /**
     * Ends an object.
     *
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut endObject() throws IOException {
        return end('}');
    }

    /**
     * Begins an array.
     *
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut beginArray() throws IOException {
        return begin('[');
    }

    /**
     * Ends an array.
     *
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut endArray() throws IOException {
        return end(']');
    }

    private JsonOut begin(char bracket) throws IOException {
        separate();
        put(bracket);
        isFirst = true;
        return this;
    }

    private JsonOut end(char bracket) throws IOException {
        put(bracket);
        isFirst = false;
        return this;
    }

    /**
     * Begins a member of an object; its value comes next.
     *
     * @param name the name of the member
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut name(String name) throws IOException {
        separate();
        string(name);
        put(':');
        isFirst = true;
        return this;
    }

    /**
     * Writes a text.
     *
     * @param text any text; half a character is escaped
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut value(String text) throws IOException {
        separate();
        string(text);
        return this;
    }

    /**
     * Writes a number.
     *
     * @param number the number
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut value(long number) throws IOException {
        return number(Long.toString(number));
    }

    /**
     * Writes a number as it stands.
     *
     * @param digits the number as JSON spells it
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut number(String digits) throws IOException {
        separate();
        int at = 0;
        while (at < digits.length()) {
            at = plain(digits, at);
        }
        return this;
    }

    /**
     * Writes true or false.
     *
     * @param value the value
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut value(boolean value) throws IOException {
        return json(value ? "true" : "false");
    }

    /**
     * Writes a value that is JSON already.
     *
     * @param json the value, on one line
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut json(String json) throws IOException {
        separate();
        characters(json);
        return this;
    }

    /**
     * Puts what comes next on a line of its own; only for the eye.
     *
     * @param depth how far it is set in
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut newLine(int depth) throws IOException {
        if (!isFirst) {
            put(',');
            isFirst = true;
        }
        put('\n');
        for (int i = 0; i < depth; i++) {
            put(' ');
            put(' ');
        }
        return this;
    }

    /**
     * Puts the end of an object or array on a line of its own.
     *
     * @param depth how far it is set in
     * @return this
     * @throws IOException if the stream cannot be written
     */
    public JsonOut lastLine(int depth) throws IOException {
        isFirst = true;
        return newLine(depth);
    }

    private void separate() throws IOException {
        if (!isFirst) {
            put(',');
        }
        isFirst = false;
    }

    private void string(String text) throws IOException {
        put('"');
        int size = text.length();
        int at = 0;
        while (at < size) {
            at = plain(text, at);
            if (at < size) {
                char character = text.charAt(at);
                boolean isEscaped = character < ' ' || character == '"' || character == '\\' || isSeparator(character);
                if (isEscaped) {
                    escape(character);
                    at++;
                } else {
                    at += character(text, at);
                }
            }
        }
        put('"');
    }

    private void characters(String text) throws IOException {
        int size = text.length();
        int at = 0;
        while (at < size) {
            at += character(text, at);
        }
    }

    /** Writes characters that are one byte and need no escape, as far as there is room, and returns where they end. */
    private int plain(String text, int from) throws IOException {
        ensureRoom();
        byte[] bytes = buffer;
        int end = Math.min(text.length(), from + bytes.length - length);
        int to = length;
        int at = from;
        while (at < end) {
            char character = text.charAt(at);
            if (character < ' ' || character >= FIRST_OF_SEVERAL_BYTES || character == '"' || character == '\\') {
                break;
            }
            bytes[to++] = (byte) character;
            at++;
        }
        length = to;
        return at;
    }

    /** Writes the character at a place, and returns how many halves it has. Half a character cannot be but escaped. */
    private int character(String text, int at) throws IOException {
        int point = text.codePointAt(at);
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            escape((char) point);
            return 1;
        }
        ensureRoom();
        if (point < FIRST_OF_SEVERAL_BYTES) {
            buffer[length++] = (byte) point;
        } else {
            byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, buffer, length, bytes.length);
            length += bytes.length;
        }
        return Character.charCount(point);
    }

    /** Scripts take these for ends of lines. */
    private static boolean isSeparator(char character) {
        return character == '\u2028' || character == '\u2029';
    }

    private void escape(char character) throws IOException {
        ensureRoom();
        buffer[length++] = '\\';
        switch (character) {
            case '"', '\\' -> buffer[length++] = (byte) character;
            case '\n' -> buffer[length++] = 'n';
            case '\r' -> buffer[length++] = 'r';
            case '\t' -> buffer[length++] = 't';
            default -> {
                buffer[length++] = 'u';
                for (int shift = 12; shift >= 0; shift -= 4) {
                    buffer[length++] = HEX[(character >> shift) & 0xF];
                }
            }
        }
    }

    private void put(char character) throws IOException {
        ensureRoom();
        buffer[length++] = (byte) character;
    }

    private void ensureRoom() throws IOException {
        if (length > buffer.length - LONGEST_CHARACTER) {
            flush();
        }
    }

    /**
     * Returns how many bytes went to the stream.
     *
     * @return the number of bytes
     */
    public long flushed() {
        return flushed;
    }

    /**
     * Gives what was written so far to the stream.
     *
     * @throws IOException if the stream cannot be written
     */
    public void flush() throws IOException {
        out.write(buffer, 0, length);
        flushed += length;
        length = 0;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
