package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.token.PromptTokens.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTokensTests {

    /** From the OpenAI cookbook, "How to count tokens with tiktoken"; the counts were checked against the service. */
    private static final List<Message> COOKBOOK = List.of(
            new Message(
                    "system",
                    "You are a helpful, pattern-following assistant that translates corporate jargon into plain"
                            + " English.",
                    null),
            new Message("system", "New synergies will help drive top-line growth.", "example_user"),
            new Message("system", "Things working well together will increase revenue.", "example_assistant"),
            new Message(
                    "system",
                    "Let's circle back when we have more bandwidth to touch base on opportunities for increased"
                            + " leverage.",
                    "example_user"),
            new Message("system", "Let's talk later when we're less busy about how to do better.", "example_assistant"),
            new Message(
                    "user",
                    "This late pivot means we don't have time to boil the ocean for the client deliverable.",
                    null));

    @ParameterizedTest
    @CsvSource({"gpt-3.5-turbo-0613, 129", "gpt-4-0613, 129", "gpt-4o, 124", "gpt-4o-mini, 124"})
    void countsTheChatOfTheCookbook(String model, long tokens) {
        assertThat(prompt(model).ofChat(COOKBOOK)).isEqualTo(tokens);
    }

    @Test
    void countsTheShortestChats() {
        assertThat(prompt("gpt-4o").ofChat(List.of())).isEqualTo(3);
        assertThat(prompt("gpt-4o").ofChat(List.of(new Message("user", "hello", null))))
                .isEqualTo(8);
        assertThat(prompt("gpt-4o").ofChat(List.of(new Message("user", "hello", "user"))))
                .isEqualTo(10);
    }

    @Test
    void putsNoFrameAroundPlainTexts() {
        assertThat(prompt("text-embedding-3-small").ofTexts(List.of())).isZero();
        assertThat(prompt("gpt-3.5-turbo-instruct").ofTexts(List.of("Tell me a joke", "Tell me a joke")))
                .isEqualTo(8);
    }

    private static PromptTokens prompt(String model) {
        return new PromptTokens(TokenCounter.forModel(model));
    }
}
