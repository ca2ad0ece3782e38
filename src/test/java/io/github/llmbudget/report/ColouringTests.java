package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColouringTests {

    @ParameterizedTest
    @CsvSource({
        "OTHER, x, false, NONE",
        "NONE,           '',    true,  ANSI",
        "NO_COLOR,       1,     true,  NONE",
        "NO_COLOR,       '',    true,  ANSI",
        "FORCE_COLOR,    1,     false, ANSI",
        "FORCE_COLOR,    true,  false, ANSI",
        "FORCE_COLOR,    0,     false, NONE",
        "FORCE_COLOR,    false, false, NONE",
        "CLICOLOR_FORCE, 1,     false, ANSI",
        "CLICOLOR_FORCE, 0,     false, NONE",
        "TERM,           dumb,  true,  NONE",
        "TERM,           xterm, true,  ANSI",
        "TERM,           xterm, false, NONE",
    })
    void followsTheEnvironment(String variable, String value, boolean isTerminal, Colouring expected) {
        assertThat(Colouring.of(Map.of(variable, value)::get, isTerminal)).isEqualTo(expected);
    }

    @Test
    void putsNoColourAboveAForcedOne() {
        assertThat(Colouring.of(Map.of("NO_COLOR", "1", "FORCE_COLOR", "1")::get, true))
                .isEqualTo(Colouring.NONE);
    }

    @Test
    void takesNoConsoleForNoTerminal() {
        assertThat(Colouring.isTerminal(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, UNICODE", "UTF-16, UNICODE", "US-ASCII, ASCII", "ISO-8859-1, ASCII", "windows-1252, ASCII"})
    void marksWithWhatTheCharsetHas(String charset, Glyphs expected) {
        assertThat(Glyphs.of(Charset.forName(charset))).isEqualTo(expected);
    }
}
