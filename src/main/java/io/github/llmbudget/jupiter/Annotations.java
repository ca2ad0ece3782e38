package io.github.llmbudget.jupiter;

import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What methods and classes are annotated with, directly or through other annotations. Each is looked at once a run, however
 * often its tests run. Safe for use by many threads.
 */
final class Annotations {

    private final Map<Wanted, List<? extends Annotation>> found = new ConcurrentHashMap<>();

    /** Finds all annotations of a type, those in containers included. */
    @SuppressWarnings("unchecked") // of the type that is a part of the key
    <A extends Annotation> List<A> find(AnnotatedElement element, Class<A> type) {
        return (List<A>) found.computeIfAbsent(new Wanted(element, type), wanted -> {
            List<A> here = new ArrayList<>();
            collect(element, type, here, new HashSet<>());
            return List.copyOf(here);
        });
    }

    private static <A extends Annotation> void collect(
            AnnotatedElement element, Class<A> type, List<A> found, Set<Class<?>> seen) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> annotationType = annotation.annotationType();
            if (annotationType == type) {
                found.add(type.cast(annotation));
            } else if (annotationType == containerOf(type)) {
                found.addAll(List.of(element.getDeclaredAnnotationsByType(type)));
            } else if (!annotationType.getName().startsWith("java.") && seen.add(annotationType)) {
                collect(annotationType, type, found, seen);
            }
        }
    }

    private static @Nullable Class<?> containerOf(Class<? extends Annotation> type) {
        Repeatable repeatable = type.getAnnotation(Repeatable.class);
        return repeatable == null ? null : repeatable.value();
    }

    private record Wanted(AnnotatedElement element, Class<? extends Annotation> type) {}
}
