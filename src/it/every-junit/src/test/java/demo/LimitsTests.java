package demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.budget.Scope;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Reply;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import io.github.llmbudget.jupiter.MaxTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Limits of methods, of classes, and of the classes around them. */
@MaxTokens(11)
@MaxCalls(value = 4, per = Scope.CLASS)
class LimitsTests {

    @BeforeEach
    void script(MockLlm llm) {
        llm.otherwise(Reply.text("Yes").usage(10, 1));
    }

    @Test
    @MaxCost(0.0001)
    void holdForTheMethod(MockLlm llm) {
        assertThat(new Question("Is it so?").ask(llm)).isEqualTo(200);
    }

    @Test
    @MaxTokens(22)
    void ofTheMethodReplaceThoseOfTheClass(MockLlm llm) {
        new Question("Is it so?").ask(llm);
        new Question("Is it really?").ask(llm);
    }

    @Nested
    @MaxCost(0.001)
    class InNestedClasses {

        @Test
        @MaxCalls(1)
        void addUp(MockLlm llm) {
            new Question("Is it so?").ask(llm);
        }
    }
}
