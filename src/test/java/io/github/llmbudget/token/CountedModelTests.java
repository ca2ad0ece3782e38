package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.EstimateReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountedModelTests {

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
        assertThat(CountedModel.of(model, null).encodingName()).isEqualTo("o200k_base");
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
                "davinci-002",
                "davinci:2023-07-21-v2"
            })
    void countsTheGenerationOfGpt4In100k(String model) {
        assertThat(CountedModel.of(model, null).encodingName()).isEqualTo("cl100k_base");
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
        "davinci:ft-acme-2023-01-01-00-00-00, r50k_base",
        "curie, r50k_base",
        "babbage, r50k_base",
        "ada, r50k_base"
    })
    void countsTheFirstModelsIn50k(String model, String encoding) {
        assertThat(CountedModel.of(model, null).encodingName()).isEqualTo(encoding);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-sonnet-4-5",
                "anthropic/claude-sonnet-4-5",
                "gemini-2.0-flash-001",
                "mistral-large-latest",
                "meta-llama/Llama-3.3-70B-Instruct",
                "deepseek-chat",
                "grok-4"
            })
    void takesModelsOfOthersForForeignWhoeverServesThem(String model) {
        CountedModel counted = CountedModel.of(model, "azure");

        assertThat(counted.isForeign()).isTrue();
        assertThat(counted.encodingName()).isEqualTo("o200k_base");
        assertThat(counted.reasons()).containsExactly(EstimateReason.FOREIGN_TOKENIZER);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, false", "openai, false", "azure, false", "groq, true", "ollama, true"})
    void judgesAModelNobodyKnowsByItsService(String service, boolean foreign) {
        CountedModel counted = CountedModel.of("a-model-nobody-knows", service);

        assertThat(counted.isForeign()).isEqualTo(foreign);
        assertThat(counted.reasons())
                .containsExactly(foreign ? EstimateReason.FOREIGN_TOKENIZER : EstimateReason.UNKNOWN_MODEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gpt-4o", "openai/gpt-5", "ft:gpt-4o-mini-2024-07-18:acme::abc", "o3", "text-embedding-3-small"})
    void doubtsNoModelOfOpenAiBehindAGateway(String model) {
        assertThat(CountedModel.of(model, "openrouter").reasons()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o1",
                "o3-mini",
                "gpt-5",
                "gpt-5.6-sol",
                "gpt-oss-120b",
                "codex-mini-latest",
                "computer-use-preview"
            })
    void knowsTheModelsThatReason(String model) {
        assertThat(CountedModel.of(model, null).isReasoning()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4.1", "gpt-3.5-turbo", "omni-moderation", "chatgpt-4o-latest"})
    void knowsTheModelsThatAnswerAtOnce(String model) {
        assertThat(CountedModel.of(model, null).isReasoning()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5, true, false",
        "gpt-5-mini, true, false",
        "gpt-5.2, true, false",
        "gpt-5.4-mini, true, true",
        "gpt-5.10, true, true",
        "gpt-6, true, true",
        "gpt-5.99999999999, true, false",
        "gpt-4.1, false, false",
        "gpt-4o, false, false",
        "o3, false, false",
        "gpt-oss-120b, false, false"
    })
    void ordersGenerations(String model, boolean sinceFive, boolean sinceFiveFour) {
        CountedModel counted = CountedModel.of(model, null);

        assertThat(counted.isGptSince(5, 0)).isEqualTo(sinceFive);
        assertThat(counted.isGptSince(5, 4)).isEqualTo(sinceFiveFour);
    }
}
