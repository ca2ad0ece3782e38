package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o",
                "gpt-4o-mini-2024-07-18",
                "gpt-4.1",
                "gpt-4.1-nano",
                "gpt-4.5-preview",
                "o1",
                "o3-pro",
                "o4-mini",
                "gpt-5",
                "gpt-5.6-sol",
                "chatgpt-4o-latest",
                "gpt-oss-120b",
                "openai/gpt-oss-20b",
                "gpt-4o-audio-preview",
                "ft:gpt-4o-mini-2024-07-18:acme::abc",
                "a-model-nobody-knows",
                ""
            })
    @NullSource
    void countsNewAndUnknownModelsAsTheNewest(String model) {
        assertThat(TokenCounter.forModel(model).encoding()).isEqualTo("o200k_base");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-3.5-turbo",
                "gpt-3.5-turbo-instruct",
                "gpt-3.5-turbo-instruct:20230824-v2",
                "gpt-35-turbo",
                "GPT-35-Turbo-16k",
                "gpt-4",
                "gpt-4-0613",
                "gpt-4-turbo-2024-04-09",
                "openai/gpt-4",
                "ft:gpt-3.5-turbo-0613:acme::abc",
                "text-embedding-ada-002",
                "text-embedding-3-small",
                "babbage-002",
                "davinci-002"
            })
    void countsTheGenerationOfGpt4In100k(String model) {
        assertThat(TokenCounter.forModel(model).encoding()).isEqualTo("cl100k_base");
    }

    @ParameterizedTest
    @CsvSource({
        "text-davinci-002, p50k_base",
        "text-davinci-003, p50k_base",
        "code-davinci-002, p50k_base",
        "code-cushman-001, p50k_base",
        "text-davinci-001, r50k_base",
        "text-ada-001, r50k_base",
        "davinci, r50k_base",
        "davinci:2023-07-21-v2, r50k_base",
        "curie, r50k_base",
        "babbage, r50k_base",
        "ada, r50k_base"
    })
    void countsTheFirstModelsIn50k(String model, String encoding) {
        assertThat(TokenCounter.forModel(model).encoding()).isEqualTo(encoding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gpt-3.5-turbo-instruct | Tell me a joke            | 4
                    gpt-4o                 | tiktoken is great!        | 6
                    gpt-4                  | tiktoken is great!        | 6
                    davinci                | tiktoken is great!        | 6
                    gpt-4                  | antidisestablishmentarianism | 6
                    davinci                | antidisestablishmentarianism | 5
                    gpt-4                  | お誕生日おめでとう          | 9
                    davinci                | お誕生日おめでとう          | 14
                    """)
    void countsAsTheServiceDoes(String model, String text, int tokens) {
        assertThat(TokenCounter.forModel(model).count(text)).isEqualTo(tokens);
    }

    @Test
    void countsThePromptsOfTheDocumentedStream() {
        TokenCounter counter = TokenCounter.forModel("gpt-3.5-turbo-instruct");

        assertThat(counter.count("write me a joke about birds") + counter.count("write me a joke about fish"))
                .isEqualTo(12);
    }

    @Test
    void takesNoEncodingToCountNothing() {
        assertThat(TokenCounter.forModel("gpt-4o").count("")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4", "text-davinci-003", "davinci"})
    void countsWhatLooksLikeASpecialTokenAsText(String model) {
        assertThat(TokenCounter.forModel(model).count("a<|endoftext|>b")).isGreaterThan(3);
    }

    @Test
    void countsHalfOfASurrogatePairWithoutFailing() {
        assertThat(TokenCounter.forModel("gpt-4o").count("\uD83D")).isEqualTo(1);
    }

    @Test
    void countsTheSameInManyThreads() throws Exception {
        TokenCounter counter = TokenCounter.forModel("gpt-4o");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<Integer>>> counts = Collections.nCopies(
                    8,
                    () -> IntStream.range(0, 200)
                            .mapToObj(i -> counter.count("line " + i + " of some text"))
                            .toList());
            List<Future<List<Integer>>> results = threads.invokeAll(counts);
            for (Future<List<Integer>> result : results) {
                assertThat(result.get()).isEqualTo(results.get(0).get()).allMatch(count -> count > 4);
            }
        } finally {
            threads.shutdown();
        }
    }
}
