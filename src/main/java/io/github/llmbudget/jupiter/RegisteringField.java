package io.github.llmbudget.jupiter;

import io.github.llmbudget.config.ConfigurationException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestInstances;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A field of a test class that registers the extension.
 *
 * @param field the field; its type may be as wide as {@code Extension}
 * @param registration what it registers
 */
record RegisteringField(Field field, Registration registration) {

    /**
     * Finds the field of a class, those of its superclasses left out. A field of an instance is found once there is one.
     *
     * @throws ConfigurationException if it has several
     */
    static Optional<RegisteringField> of(Class<?> type, Optional<TestInstances> instances) {
        List<RegisteringField> found = Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getType().isAssignableFrom(LlmBudgetExtension.class))
                .filter(field -> AnnotationSupport.isAnnotated(field, RegisterExtension.class))
                .flatMap(field -> read(field, instances).stream())
                .toList();
        if (found.size() > 1) {
            throw new ConfigurationException(Declarations.name(type) + " registers the LlmBudgetExtension "
                    + found.size() + " times, in the fields "
                    + found.stream().map(one -> one.field.getName()).sorted().collect(Collectors.joining(", "))
                    + ". Keep one, and give it all limits.");
        }
        return found.stream().findFirst();
    }

    private static Optional<RegisteringField> read(Field field, Optional<TestInstances> instances) {
        if (Modifier.isStatic(field.getModifiers())) {
            return read(field, (Object) null);
        }
        return instances
                .flatMap(all -> all.findInstance(field.getDeclaringClass()))
                .flatMap(instance -> read(field, instance));
    }

    private static Optional<RegisteringField> read(Field field, @Nullable Object instance) {
        Object value = ReflectionSupport.tryToReadFieldValue(field, instance)
                .getOrThrow(e -> new ConfigurationException("The field " + name(field) + " cannot be read", e));
        return value instanceof LlmBudgetExtension extension
                ? Optional.of(new RegisteringField(field, extension.registration()))
                : Optional.empty();
    }

    String name() {
        return name(field);
    }

    private static String name(Field field) {
        return Declarations.name(field.getDeclaringClass()) + "." + field.getName();
    }
}
