package demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.usage.TokenUsage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each run of a test has a ledger and a budget of its own; the tests of a factory share those of the factory. */
@MaxCalls(1)
class TemplatesTests {

    @BeforeEach
    void script(MockLlm llm) {
        llm.otherwise(Reply.text("Yes").usage(10, 1));
    }

    @ParameterizedTest(name = "question {index}")
    @ValueSource(strings = {"Is it so?", "Is it really?"})
    void parameterized(String question, LlmEndpoint llm, TokenUsage usage) {
        asksOnce(question, llm, usage);
    }

    @RepeatedTest(2)
    void repeated(LlmEndpoint llm, TokenUsage usage) {
        asksOnce("Is it so?", llm, usage);
    }

    @TestTemplate
    @ExtendWith(Twice.class)
    void templated(LlmEndpoint llm, TokenUsage usage) {
        asksOnce("Is it so?", llm, usage);
    }

    @TestFactory
    @MaxCalls(3)
    Stream<DynamicNode> made(LlmEndpoint llm, TokenUsage usage) {
        return Stream.of(
                dynamicTest("one", () -> new Question("Is it so?").ask(llm)),
                dynamicContainer("two", List.of(dynamicTest("more", () -> new Question("And now?").ask(llm)))),
                dynamicTest("known", () -> assertThat(usage.calls()).hasSizeLessThanOrEqualTo(2)));
    }

    private static void asksOnce(String question, LlmEndpoint llm, TokenUsage usage) {
        new Question(question).ask(llm);
        assertThat(usage.calls()).hasSize(1);
        assertThat(usage.totalTokens()).isEqualTo(11);
    }

    static final class Twice implements TestTemplateInvocationContextProvider {

        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(new TestTemplateInvocationContext() {}, new TestTemplateInvocationContext() {});
        }
    }
}
