package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedTextTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "Grüße, お誕生日 👍🏽",
                "a\\nb\\t\\\"c\\\" \\\\ \\/ \\r\\b\\f",
                "\\u00e9\\ud83d\\udc4d\\uD83D",
                "\\\\u0041 \\\\\\u0041 \\\\\\\\",
                "ends in a backslash \\\\"
            })
    void decodesAnyPiecesAsTheWhole(String escaped) {
        byte[] bytes = escaped.getBytes(UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            assertThat(inPieces(bytes, size)).as("pieces of %d", size).isEqualTo(JsonText.unescaped(escaped));
        }
    }

    @ParameterizedTest
    @CsvSource({"a\\, a\\", "a\\u00e, a\\u00e", "a\\u, a\\u"})
    void leavesAnEscapeThatBreaksOffAsItIs(String escaped, String text) {
        assertThat(inPieces(escaped.getBytes(UTF_8), 2)).isEqualTo(text);
    }

    @Test
    void replacesACharacterThatBreaksOff() {
        byte[] half = {'a', (byte) 0xC3};

        assertThat(inPieces(half, 1)).isEqualTo("a\uFFFD");
    }

    private static String inPieces(byte[] bytes, int size) {
        EscapedText decoding = new EscapedText();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += size) {
            text.append(decoding.next(bytes, at, Math.min(size, bytes.length - at)));
        }
        return text.append(decoding.rest()).toString();
    }
}
