package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTests {

    private static final String CLAUDE = "claude-sonnet-4-5";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "hello" | 1
                    ["hello", "hello world"] | 3
                    [15339, 1917] | 2
                    [[15339], [15339, 1917]] | 3
                    [{"role":"user","content":[{"type":"text","text":"hello"}],"cache_control":{"type":"ephemeral"}}] | 1
                    """)
    void addsUpTheTextsAndNothingElse(String prompt, long tokens) {
        assertThat(prompt("{\"prompt\":" + prompt + "}", "davinci-002").value()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type":"image","source":{"type":"base64","data":"AAAA"}} | IMAGE_SIZE_UNKNOWN
                    {"inlineData":{"mimeType":"image/png","data":"AAAA"}} | IMAGE_SIZE_UNKNOWN
                    {"type":"input_audio","input_audio":{"data":"AAAA"}} | AUDIO
                    {"fileData":{"fileUri":"gs://a"}} | FILE
                    """)
    void boundsWhatIsNoTextInTheRequestsOfOthers(String part, EstimateReason reason) {
        TokenEstimate estimate = prompt("{\"prompt\":[{\"text\":\"hello\"}," + part + "]}", CLAUDE);

        assertThat(estimate).isEqualTo(new TokenEstimate(1, 1, Set.of(EstimateReason.FOREIGN_TOKENIZER, reason)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}",
                "{\"reasoning_effort\":\"low\"}",
                "{\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":9}}}"
            })
    void boundsAnswersOfOthersThatWereAskedToReason(String request) {
        assertThat(answer(request, CLAUDE, "hello").reasons()).contains(EstimateReason.REASONING_HIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, true",
        "gemini-2.0-flash, false",
        "grok-4, true",
        "grok-4-1-fast-non-reasoning, false",
        "claude-sonnet-4-5, false"
    })
    void knowsWhichModelsOfOthersReasonUnasked(String model, boolean hidden) {
        assertThat(answer("{}", model, "hello").isPartial()).isEqualTo(hidden);
    }

    @Test
    void takesThePromptOutOfAnAnswerThatRepeatsIt() {
        String request = "{\"prompt\":\"hello\",\"n\":2,\"echo\":true}";

        assertThat(answer(request, "davinci-002", "hello world", "hello world, hello")
                        .value())
                .isEqualTo(1 + 3);
    }

    @Test
    void boundsAnswersThatAreTheBestOfSeveral() {
        assertThat(answer("{\"best_of\":3}", "davinci-002", "hello"))
                .isEqualTo(new TokenEstimate(1, 1, Set.of(EstimateReason.UNKNOWN_CONTENT)));
        assertThat(answer("{\"best_of\":2,\"n\":2}", "davinci-002", "hello", "hello")
                        .isPartial())
                .isFalse();
    }

    private static TokenEstimate prompt(String body, String model) {
        return TokenRules.texts(List.of("prompt"))
                .prompt(json(body), CountedModel.of(model, null), new EarlierAnswers());
    }

    private static TokenEstimate answer(String body, String model, String... texts) {
        List<AnswerChoice> choices = Stream.of(texts)
                .map(text -> new AnswerChoice(List.of(new WrittenText(text)), List.of()))
                .toList();
        return TokenRules.texts(List.of("prompt")).answer(json(body), choices, CountedModel.of(model, null));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
