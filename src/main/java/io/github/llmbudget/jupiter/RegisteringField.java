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
 * @param field the field
 */
record RegisteringField(Field field) {

    /**
     * Finds the field of a class, those of its superclasses left out.
     *
     * @throws ConfigurationException if it has several
     */
    static Optional<RegisteringField> of(Class<?> type) {
        List<Field> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> AnnotationSupport.isAnnotated(field, RegisterExtension.class))
                .filter(RegisteringField::mayHoldIt)
                .toList();
        if (fields.size() > 1) {
            throw new ConfigurationException(Declarations.name(type) + " registers the LlmBudgetExtension "
                    + fields.size() + " times, in the fields "
                    + fields.stream().map(Field::getName).sorted().collect(Collectors.joining(", "))
                    + ". Keep one, and give it all limits.");
        }
        return fields.stream().findFirst().map(RegisteringField::new);
    }

    /** The type of the field may be as wide as {@code Extension}; of a static one it is seen what it holds. */
    private static boolean mayHoldIt(Field field) {
        if (field.getType() == LlmBudgetExtension.class) {
            return true;
        }
        return field.getType().isAssignableFrom(LlmBudgetExtension.class)
                && Modifier.isStatic(field.getModifiers())
                && ReflectionSupport.tryToReadFieldValue(field, null)
                                .toOptional()
                                .orElse(null)
                        instanceof LlmBudgetExtension;
    }

    String name() {
        return Declarations.name(field.getDeclaringClass()) + "." + field.getName();
    }

    /** Returns what it registers; that of an instance is known once there is one. */
    Optional<Registration> registration(Optional<TestInstances> instances) {
        if (Modifier.isStatic(field.getModifiers())) {
            return registration((Object) null);
        }
        return instances
                .flatMap(all -> all.findInstance(field.getDeclaringClass()))
                .flatMap(this::registration);
    }

    private Optional<Registration> registration(@Nullable Object instance) {
        Object extension = ReflectionSupport.tryToReadFieldValue(field, instance)
                .getOrThrow(e -> new ConfigurationException("The field " + name() + " cannot be read", e));
        return Optional.ofNullable(extension)
                .map(LlmBudgetExtension.class::cast)
                .map(LlmBudgetExtension::registration);
    }
}
