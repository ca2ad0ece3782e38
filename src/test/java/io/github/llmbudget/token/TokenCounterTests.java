package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTests {

    private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private final TokenCounter tokens = new TokenCounter();

    /** What tiktoken's own tests and OpenAI's cookbook say. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    gpt-3.5-turbo-instruct|Tell me a joke|4
                    davinci|hello world|2
                    gpt-4|hello world|2
                    gpt-4|rer|1
                    gpt-4|'rer|2
                    gpt-4|👍|3
                    davinci|0|1
                    davinci|00|1
                    davinci|000|1
                    davinci|0000|1
                    davinci|00000|1
                    davinci|000000|1
                    davinci|0000000|1
                    davinci|00000000|1
                    davinci|000000000|2
                    davinci|0000000000|2
                    davinci|00000000000|2
                    davinci|000000000000|2
                    davinci|0000000000000|2
                    davinci|00000000000000|2
                    davinci|000000000000000|2
                    davinci|0000000000000000|1
                    davinci|00000000000000000|3
                    gpt-4o|tiktoken is great!|6
                    gpt-4|tiktoken is great!|6
                    davinci|tiktoken is great!|6
                    davinci|antidisestablishmentarianism|5
                    text-davinci-003|antidisestablishmentarianism|5
                    gpt-4|antidisestablishmentarianism|6
                    gpt-4o|antidisestablishmentarianism|6
                    davinci|2 + 2 = 4|5
                    text-davinci-003|2 + 2 = 4|5
                    gpt-4|2 + 2 = 4|7
                    gpt-4o|2 + 2 = 4|7
                    davinci|お誕生日おめでとう|14
                    text-davinci-003|お誕生日おめでとう|14
                    gpt-4|お誕生日おめでとう|9
                    gpt-4o|お誕生日おめでとう|8
                    """)
    void countsAsPublished(String model, String text, long count) {
        assertThat(tokens.ofText(text, model)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"'today\\n ', 3", "'today\\n \\n', 2", "'today\\n  \\n', 2"})
    void countsBlanksAtLineEndsAsPublished(String text, long count) {
        assertThat(tokens.ofText(text.replace("\\n", "\n"), "gpt-4")).isEqualTo(count);
    }

    @Test
    void countsThePromptsOfTheDocumentedStream() {
        assertThat(tokens.ofText("write me a joke about birds", "gpt-3.5-turbo-instruct")
                        + tokens.ofText("write me a joke about fish", "gpt-3.5-turbo-instruct"))
                .isEqualTo(12);
        assertThat(tokens.ofPrompt("{\"prompt\":\"Tell me a joke\"}", "gpt-3.5-turbo-instruct"))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4", "text-davinci-003", "davinci"})
    void countsWhatLooksLikeASpecialTokenAsText(String model) {
        assertThat(tokens.ofText("a<|endoftext|>b", model)).isGreaterThan(3);
    }

    @Test
    void countsHalfOfASurrogatePairWithoutFailing() {
        assertThat(tokens.ofText("\uD83D", "gpt-4o")).isEqualTo(1);
    }

    @Test
    void countsNothingInNothing() {
        assertThat(tokens.ofText("", "gpt-4o")).isZero();
        assertThat(tokens.ofPrompt("{\"input\":[]}", "text-embedding-3-small")).isZero();
    }

    @Test
    void countsATextThatComesInPieces() {
        StreamTokenCounter counter = tokens.ofStream("gpt-4o");
        counter.append("Refunds ta");
        counter.append("ke 5 days.");

        assertThat(counter.count()).isEqualTo(7).isEqualTo(tokens.ofText("Refunds take 5 days.", "gpt-4o"));
    }

    @Test
    void countsTheBodiesOfAllOperations() {
        assertThat(tokens.ofPrompt(CHAT, "gpt-4o")).isEqualTo(8);
        assertThat(tokens.ofPrompt("{\"input\":\"hello\"}", "gpt-4o")).isEqualTo(8);
        assertThat(tokens.ofPrompt("{\"input\":\"hello\"}", "text-embedding-3-small"))
                .isEqualTo(1);
        assertThat(tokens.ofPrompt("{\"input\":[\"hello\",\"hello\"]}", "text-embedding-3-small"))
                .isEqualTo(2);
        assertThat(tokens.ofPrompt("{\"prompt\":[[1,2,3],[4,5]]}", "davinci-002"))
                .isEqualTo(5);
    }

    @Test
    void countsTheModelAskedForAndNotTheOneInTheBody() {
        String body = "{\"model\":\"gpt-4o\",\"prompt\":\"お誕生日おめでとう\"}";

        assertThat(tokens.ofPrompt(body, "davinci")).isEqualTo(14);
    }

    @Test
    void tellsWhatItDoubts() {
        TokenEstimate estimate = tokens.estimatePrompt(CHAT, "claude-sonnet-4-5");

        assertThat(estimate.reasons()).containsExactly(EstimateReason.FOREIGN_TOKENIZER);
        assertThat(estimate.isPartial()).isFalse();
        assertThat(estimate).hasToString("~1 (foreign-tokenizer)");
    }

    @Test
    void refusesToGiveANumberForWhatCannotBeCounted() {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]}]}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.ofPrompt(body, "gpt-4o"))
                .withMessage("This prompt cannot be counted: an image may have more tokens than were counted"
                        + " (image-size-unknown). It has at least 93 tokens; estimatePrompt(...).lowerBound() returns that"
                        + " number.");
        assertThat(tokens.estimatePrompt(body, "gpt-4o").lowerBound()).isEqualTo(93);
    }

    @Test
    void saysWhatIsWrongWithABody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.ofPrompt("hello", "gpt-4o"))
                .withMessageStartingWith("The body of a request must be a JSON object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.ofPrompt("{\"messages\":", "gpt-4o"))
                .withMessageStartingWith("The body of a request must be JSON, and this is not: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.ofPrompt("{\"model\":\"gpt-4o\",\"n\":1}", "gpt-4o"))
                .withMessage("The body of a request needs messages, input or prompt; this one has model, n");
    }

    @Test
    void countsTheSameInManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<Long>>> counts = Collections.nCopies(
                    8,
                    () -> IntStream.range(0, 200)
                            .mapToObj(i -> tokens.ofText("line " + i + " of some text", "gpt-4o"))
                            .toList());
            List<Future<List<Long>>> results = threads.invokeAll(counts);
            for (Future<List<Long>> result : results) {
                assertThat(result.get()).isEqualTo(results.get(0).get()).allMatch(count -> count > 4);
            }
        } finally {
            threads.shutdown();
        }
    }
}
