package io.github.llmbudget.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWidthTests {

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "abc, 3",
        "\u00E9, 1",
        "e\u0301, 1",
        "\u4E2D\u6587, 4",
        "\uD55C, 2",
        "\uFF21, 2",
        "\uD83D\uDE00, 2",
        "\uD83D\uDC68\u200D\uD83D\uDC69, 4",
        "\u2714\u2718\u26A0\u2593\u2591, 5",
        "\u2764\uFE0F, 2",
        "a\u202Eb\u200Bc, 3",
    })
    void countsTheColumnsOfATerminal(String text, int columns) {
        assertThat(TextWidth.of(text)).isEqualTo(columns);
    }

    @Test
    void alignsTablesByColumns() {
        assertThat(new TextTable(1).lines(List.of(List.of("\u4E2D\u6587", "1"), List.of("abcd", "22"))))
                .containsExactly("\u4E2D\u6587   1", "abcd  22");
    }
}
