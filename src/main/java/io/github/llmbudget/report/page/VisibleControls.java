package io.github.llmbudget.report.page;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Shows control characters, which HTML forbids, by the signs that Unicode has for them. */
final class VisibleControls extends FilterWriter {

    private static final char PICTURES = '\u2400';
    private static final char DELETE = 0x7f;
    private static final char PICTURE_OF_DELETE = '\u2421';
    private static final char LAST_CONTROL = 0x9f;
    private static final char NO_CHARACTER = '\ufffd';

    VisibleControls(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        out.write(shown((char) character));
    }

    @Override
    public void write(char[] text, int start, int length) throws IOException {
        write(new String(text, start, length), 0, length);
    }

    @Override
    public void write(String text, int start, int length) throws IOException {
        int end = start + length;
        int written = start;
        for (int at = start; at < end; at++) {
            char character = text.charAt(at);
            char shown = shown(character);
            if (shown != character) {
                out.write(text, written, at - written);
                out.write(shown);
                written = at + 1;
            }
        }
        out.write(text, written, end - written);
    }

    private static char shown(char character) {
        if (character >= ' ' && character < DELETE) {
            return character;
        }
        if (character < ' ') {
            return character == '\n' || character == '\t' || character == '\r'
                    ? character
                    : (char) (PICTURES + character);
        }
        if (character == DELETE) {
            return PICTURE_OF_DELETE;
        }
        return character <= LAST_CONTROL || character >= '\ufffe' ? NO_CHARACTER : character;
    }
}
