package io.github.llmbudget.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestNamesTests {

    @Test
    void ordersNamesByTheLettersOneMustChange() {
        assertThat(NearestNames.of("gpt-4p", List.of("davinci", "gpt-4o-mini", "gpt-4o"), 3))
                .containsExactly("gpt-4o", "gpt-4o-mini", "davinci");
    }

    @Test
    void ordersEquallyNearNamesByTheAlphabet() {
        assertThat(NearestNames.of("a", List.of("c", "b", "d"), 2)).containsExactly("b", "c");
    }

    @Test
    void findsLettersLeftOutAddedAndReplaced() {
        assertThat(NearestNames.of("kitten", List.of("sitting", "mitten", "kit"), 3))
                .containsExactly("mitten", "kit", "sitting");
    }

    @Test
    void returnsWhatThereIsIfItIsLess() {
        assertThat(NearestNames.of("x", List.of(), 3)).isEmpty();
        assertThat(NearestNames.of("", List.of("abc"), 3)).containsExactly("abc");
    }

    @Property(tries = 200)
    void putsAKnownNameFirst(
            @ForAll @Size(min = 1, max = 8) List<@AlphaChars @StringLength(max = 8) String> names, @ForAll int which) {
        String known = names.get(Math.floorMod(which, names.size()));

        assertThat(NearestNames.of(known, names, 1)).containsExactly(known);
    }
}
