package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameIndexTests {

    private final NameIndex index = new NameIndex();

    @Test
    void findsManyNamesThatDifferAtTheirEndsOnly() {
        for (int number = 0; number < 10_000; number++) {
            index.put("resp_0123456789abcdef" + number, number);
        }

        for (int number = 0; number < 10_000; number++) {
            assertThat(index.find("resp_0123456789abcdef" + number)).hasValue(number);
        }
        assertThat(index.find("resp_0123456789abcdef")).isEmpty();
        assertThat(index.find("")).isEmpty();
    }

    @Test
    void takesTheLaterNumberOfAName() {
        index.put("a", 1);
        index.put("a", 0);

        assertThat(index.find("a")).hasValue(0);
    }
}
