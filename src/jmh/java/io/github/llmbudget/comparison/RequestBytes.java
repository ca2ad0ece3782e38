package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one request after the other, as they come over a connection. */
final class RequestBytes {

    private static final int BUFFER_SIZE = 16 * 1024;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(US_ASCII);

    private final InputStream in;
    private final byte[] bytes = new byte[BUFFER_SIZE];
    private int length;

    RequestBytes(InputStream in) {
        this.in = in;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Reads the next request to its end; clients wait for the answer before they send the one after it. */
    boolean readNext() throws IOException {
        length = 0;
        int end = -1;
        while (end < 0 || length < end) {
            int more = in.read(bytes, length, bytes.length - length);
            if (more < 0) {
                return false;
            }
            length += more;
            end = end < 0 ? end() : end;
        }
        return true;
    }

    /** Returns where the request ends, -1 if its head is not there yet. */
    private int end() {
        int head = indexOf(bytes, length, END_OF_HEAD);
        if (head < 0) {
            return -1;
        }
        int body = 0;
        int at = indexOf(bytes, head + 2, LENGTH);
        for (int i = at + LENGTH.length; at >= 0 && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            body = 10 * body + bytes[i] - '0';
        }
        return head + END_OF_HEAD.length + body;
    }

    /** Tells whether a text in lower case is somewhere in the request. */
    boolean contains(byte[] text) {
        return indexOf(bytes, length, text) >= 0;
    }

    /** Finds a text in lower case, whatever its case. */
    static int indexOf(byte[] bytes, int length, byte[] text) {
        for (int at = 0; at + text.length <= length; at++) {
            int same = 0;
            while (same < text.length && lower(bytes[at + same]) == text[same]) {
                same++;
            }
            if (same == text.length) {
                return at;
            }
        }
        return -1;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }
}
