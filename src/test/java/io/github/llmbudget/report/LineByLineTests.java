package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class LineByLineTests {

    @Property(tries = 200)
    void readsEachLineAsATextOfItsOwn(@ForAll @Chars({'a', '\n'}) String text) throws IOException {
        assertThat(linesOf(text)).isEqualTo(text.lines().toList());
    }

    @Test
    void readsLinesThatAreLongerThanAnyBuffer() throws IOException {
        String first = "a".repeat(100_000);
        String second = "b".repeat(8_192);

        assertThat(linesOf(first + "\n" + second + "\n")).containsExactly(first, second);
    }

    @Test
    void goesOnToTheNextLineWhateverWasReadOfTheOneBefore() throws IOException {
        try (LineByLine lines = new LineByLine(new StringReader("a".repeat(10_000) + "\nb"))) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.read()).isEqualTo('a');
            assertThat(lines.next()).isTrue();
            assertThat(lines.read()).isEqualTo('b');
            assertThat(lines.read()).isEqualTo(-1);
            assertThat(lines.next()).isFalse();
            assertThat(lines.read()).isEqualTo(-1);
        }
    }

    private static List<String> linesOf(String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (LineByLine lines = new LineByLine(new StringReader(text))) {
            while (lines.next()) {
                StringWriter line = new StringWriter();
                lines.transferTo(line);
                found.add(line.toString());
            }
        }
        return found;
    }
}
