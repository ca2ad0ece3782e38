package io.github.llmbudget.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.jupiter.LlmBudget;
import io.github.llmbudget.jupiter.LlmBudgetExtension;
import io.github.llmbudget.jupiter.MaxCalls;
import io.github.llmbudget.jupiter.MaxCost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.test.context.ContextCustomizerFactory;

class LlmEndpointCustomizerFactoryTests {

    @Retention(RetentionPolicy.RUNTIME)
    @MaxCost(0.02)
    @interface Cheap {}

    @LlmBudget
    static class Annotated {}

    @Cheap
    static class AnnotatedIndirectly {}

    interface WithLimit {
        @MaxCalls(1)
        @Test
        default void calls() {}
    }

    static class AnnotatedInAnInterface implements WithLimit {}

    static class AnnotatedMethod {
        @Test
        @Cheap
        void calls() {}
    }

    static class InheritedMethod extends AnnotatedMethod {}

    static class Registered {
        @RegisterExtension
        static final LlmBudgetExtension LLM = new LlmBudgetExtension();
    }

    static class Plain {
        @Test
        void calls() {}

        @LlmBudget
        static class NotNested {}
    }

    static class Nest {

        @Nested
        class First {
            @Test
            @MaxCalls(1)
            void calls() {}
        }

        @Nested
        class Second {
            @Nested
            class Third {}
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Annotated.class,
                AnnotatedIndirectly.class,
                AnnotatedInAnInterface.class,
                AnnotatedMethod.class,
                InheritedMethod.class,
                Registered.class,
                Plain.NotNested.class,
                Nest.class,
                Nest.First.class,
                Nest.Second.class,
                Nest.Second.Third.class
            })
    void knowsWhatTheExtensionWatches(Class<?> testClass) {
        assertThat(WatchedClasses.contain(testClass)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {Plain.class, LlmEndpointCustomizerFactoryTests.class})
    void leavesOtherClassesAlone(Class<?> testClass) {
        assertThat(WatchedClasses.contain(testClass)).isFalse();
    }

    @Test
    void doesNothingWithoutSpringAi() {
        assertThat(new LlmEndpointCustomizerFactory().createContextCustomizer(Annotated.class, List.of()))
                .isNull();
    }

    @Test
    void tellsTheVersionsApart(@TempDir Path directory) throws Exception {
        try (var none = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            assertThat(SpringAi.seenBy(none)).isEmpty();
        }
        compile(directory, "package org.springframework.ai.openai; class OpenAiChatModel {}");
        try (var two = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            assertThat(SpringAi.seenBy(two)).contains(SpringAi.TWO);
        }
        compile(directory, "package org.springframework.ai.openai.api; class OpenAiApi {}");
        try (var one = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            assertThat(SpringAi.seenBy(one)).contains(SpringAi.ONE);
        }
    }

    @Test
    void isFoundBySpring() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ContextCustomizerFactory.class))
                .hasAtLeastOneElementOfType(LlmEndpointCustomizerFactory.class);
    }

    private static void compile(Path directory, String source) throws IOException {
        Path file = Files.writeString(directory.resolve(source.replaceFirst(".* class (\\w+) .*", "$1.java")), source);
        var output = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, output, output, "-proc:none", "-d", directory.toString(), file.toString());
        assertThat(status).as(output.toString(UTF_8)).isZero();
    }
}
