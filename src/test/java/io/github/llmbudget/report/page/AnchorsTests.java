package io.github.llmbudget.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnchorsTests {

    @Test
    void isTheNameOfTheTest() {
        assertThat(Anchors.of("SupportBotTest.answersARefundQuestion"))
                .isEqualTo("SupportBotTest.answersARefundQuestion");
        assertThat(Anchors.of("Bot.asks(String) [1] a\tb\n\u0007\ud83e")).isEqualTo("Bot.asks(String)_[1]_a_b___");
    }

    @Test
    void numbersThoseOfTheSameName() {
        Anchors anchors = new Anchors();

        assertThat(Stream.of("a", "a~2", "a", "a", "b c", "b_c").map(anchors::take))
                .containsExactly("a", "a~2", "a~3", "a~4", "b_c", "b_c~2");
    }

    @Test
    void escapesInLinksWhatHasAMeaningThere() {
        assertThat(Anchors.href("Bot.asks(String)_[1]_ä%?#\"<"))
                .isEqualTo("#Bot.asks(String)_[1]_%C3%A4%25%3F%23%22%3C");
    }
}
