package io.github.llmbudget.jupiter;

import static io.github.llmbudget.jupiter.LimitTestCases.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.llmbudget.endpoint.LlmEndpoint;
import io.github.llmbudget.endpoint.MockLlm;
import io.github.llmbudget.endpoint.Mode;
import io.github.llmbudget.usage.TokenUsage;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations wherever they may stand. */
final class PlacementTestCases {

    private PlacementTestCases() {}

    @MaxCalls(1)
    static class OnTheClass {

        @Test
        void heldByEachTestAlone(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        void heldByAnotherTest(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        void broken(MockLlm llm) {
            call(llm, 2);
        }

        @Test
        @MaxCalls(2)
        void loosenedByTheMethod(MockLlm llm) {
            call(llm, 2);
        }

        @Test
        @MaxTokens(1_000)
        void stillBrokenUnderAnotherLimitOfTheMethod(MockLlm llm) {
            call(llm, 2);
        }

        @Nested
        class Inner {

            @Test
            void brokenInNested(MockLlm llm) {
                call(llm, 2);
            }
        }

        @Nested
        @MaxCalls(2)
        class InnerWithItsOwn {

            @Test
            void heldInNested(MockLlm llm) {
                call(llm, 2);
            }
        }
    }

    static class Inherited1 extends OnTheClass {}

    abstract static class Contract {

        @Nested
        class Refunds {

            @Test
            void brokenInInheritedNested(MockLlm llm) {
                call(llm, 2);
            }
        }
    }

    @MaxCalls(1)
    static class OnTheClassThatInheritsNested extends Contract {}

    @MaxCalls(1)
    interface Frugal {}

    static class OnAnInterface implements Frugal {

        @Test
        void broken(MockLlm llm) {
            call(llm, 2);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @MaxCalls(1)
    @MaxTokens(100)
    @interface Cheap {}

    @Cheap
    static class ByMetaAnnotation {

        @Test
        void broken(MockLlm llm) {
            call(llm, 2);
        }
    }

    @LlmBudget
    static class WithoutLimit {

        @Test
        void held(MockLlm llm) {
            call(llm, 3);
        }
    }

    @MaxCalls(1)
    static class Templates {

        @RepeatedTest(3)
        void repeated(MockLlm llm, RepetitionInfo info) {
            call(llm, info.getCurrentRepetition() == 2 ? 2 : 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 1})
        void parameterized(int calls, MockLlm llm, TokenUsage usage) {
            call(llm, calls);
            assertThat(usage.calls()).hasSize(calls);
        }
    }

    @MaxCalls(2)
    static class Factory {

        @TestFactory
        Stream<DynamicTest> factory(MockLlm llm) {
            return Stream.of("one", "two", "three").map(name -> dynamicTest(name, () -> call(llm, 1)));
        }
    }

    @MaxCalls(1)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {

        @Test
        void held(MockLlm llm) {
            call(llm, 1);
        }

        @Test
        void broken(MockLlm llm) {
            call(llm, 2);
        }
    }

    @MaxCalls(3)
    static class AroundTheTest {

        private LlmEndpoint before;

        @BeforeEach
        void before(MockLlm llm) {
            before = llm;
            call(llm, 1);
        }

        @Test
        void test(MockLlm llm, LlmEndpoint endpoint, TokenUsage usage) {
            assertThat(llm).isSameAs(before).isSameAs(endpoint);
            assertThat(usage.calls()).hasSize(1);
            call(llm, 2);
        }

        @AfterEach
        void after(MockLlm llm) {
            call(llm, 1);
        }
    }

    @LlmBudget
    static class InTheConstructor {

        InTheConstructor(TokenUsage usage) {}

        @Test
        void test() {}
    }

    static class TwiceOnOneMethod {

        @Test
        @Cheap
        @MaxCalls(2)
        void test() {}
    }

    static class TwoModes {

        @Test
        @LlmBudget(mode = {Mode.MOCK, Mode.LIVE})
        void test() {}
    }

    static class Negative {

        @Test
        @MaxCost(-0.01)
        void cost() {}

        @Test
        @MaxTokens(output = -5)
        void tokens() {}

        @Test
        @MaxCalls(-1)
        void calls() {}

        @Test
        @MaxCost(Double.NaN)
        void notANumber() {}

        @Test
        @MaxTokens
        void noLimitAtAll() {}
    }
}
