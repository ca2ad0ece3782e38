package io.github.llmbudget.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonPrimitive;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextVectorTests {

    private static final int DIMENSIONS = 1536;

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Where is my refund?", "私は", "?!", "word word word"})
    void hasLengthOne(String text) {
        assertThat(Math.sqrt(product(vector(text), vector(text)))).isCloseTo(1, within(1e-6));
    }

    @Test
    void isTheSameForTheSameText() {
        assertThat(vector("Where is my refund?")).isEqualTo(vector("Where is my refund?"));
    }

    @Test
    void isCloserTheMoreWordsAreShared() {
        List<Float> question = vector("Where is my refund?");

        double close = product(question, vector("A refund is paid in 5 days. Ask where it is."));
        double far = product(question, vector("We deliver on Mondays, by bicycle."));

        assertThat(close).isGreaterThan(0.3);
        assertThat(far).isBetween(-0.1, 0.15);
    }

    private static List<Float> vector(String text) {
        return TextVector.of(new JsonPrimitive(text), DIMENSIONS);
    }

    private static double product(List<Float> one, List<Float> other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += (double) one.get(i) * other.get(i);
        }
        return sum;
    }
}
