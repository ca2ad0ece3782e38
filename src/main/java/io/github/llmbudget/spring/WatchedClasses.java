package io.github.llmbudget.spring;

import io.github.llmbudget.jupiter.LlmBudgetExtension;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The test classes that register the extension. Classes that are nested in one another are watched together: their contexts
 * must not differ for an annotation on one of them.
 */
final class WatchedClasses {

    private WatchedClasses() {}

    static boolean contain(Class<?> testClass) {
        return withNested(outermost(testClass)).anyMatch(WatchedClasses::registersExtension);
    }

    private static Class<?> outermost(Class<?> testClass) {
        Class<?> enclosing = testClass.getEnclosingClass();
        return enclosing != null && isNested(testClass) ? outermost(enclosing) : testClass;
    }

    private static Stream<Class<?>> withNested(Class<?> testClass) {
        return Stream.concat(
                Stream.of(testClass),
                ReflectionSupport.findNestedClasses(testClass, WatchedClasses::isNested).stream()
                        .flatMap(WatchedClasses::withNested));
    }

    private static boolean isNested(Class<?> type) {
        return AnnotationSupport.isAnnotated(type, Nested.class);
    }

    private static boolean registersExtension(Class<?> testClass) {
        return isExtended(testClass)
                || !ReflectionSupport.findMethods(
                                testClass, WatchedClasses::isExtended, HierarchyTraversalMode.TOP_DOWN)
                        .isEmpty()
                || !AnnotationSupport.findAnnotatedFields(
                                testClass,
                                RegisterExtension.class,
                                field -> field.getType() == LlmBudgetExtension.class)
                        .isEmpty();
    }

    private static boolean isExtended(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
                .flatMap(extensions -> Arrays.stream(extensions.value()))
                .anyMatch(extension -> extension == LlmBudgetExtension.class);
    }
}
