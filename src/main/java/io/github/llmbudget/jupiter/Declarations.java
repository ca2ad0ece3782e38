package io.github.llmbudget.jupiter;

import io.github.llmbudget.config.ConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The places where a test can be annotated, the nearest first: its method, its class with what that inherits, the
 * classes it is nested in when it runs.
 */
final class Declarations {

    private final List<Place> places;

    private Declarations(List<Place> places) {
        this.places = places;
    }

    static Declarations of(ExtensionContext context) {
        List<Place> places = new ArrayList<>();
        context.getTestMethod().ifPresent(method -> places.add(place(context.getRequiredTestClass(), method)));
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            at.getTestClass().ifPresent(classes::add);
        }
        for (Class<?> testClass : classes) {
            Set<Class<?>> lineage = new LinkedHashSet<>();
            addLineage(testClass, lineage);
            lineage.forEach(type -> places.add(new Place(type, name(type))));
        }
        return new Declarations(places);
    }

    /**
     * Finds an annotation at each place.
     *
     * @throws ConfigurationException if one place has it twice, directly or through meta-annotations
     */
    <A extends Annotation> List<Declared<A>> find(Class<A> type) {
        List<Declared<A>> found = new ArrayList<>();
        for (Place place : places) {
            List<A> here = new ArrayList<>();
            collect(place.element, type, here, new HashSet<>());
            if (here.size() > 1) {
                throw new ConfigurationException(place.name + " has @" + type.getSimpleName() + " twice: "
                        + here.get(0) + " and " + here.get(1)
                        + ", one of them perhaps through another annotation. Keep one.");
            }
            here.forEach(annotation -> found.add(new Declared<>(annotation, place.name)));
        }
        return found;
    }

    /** Returns the name of a class without its package, an inner one with its outer ones. */
    static String name(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static Place place(Class<?> testClass, Method method) {
        return new Place(method, name(testClass) + "." + method.getName());
    }

    private static void addLineage(Class<?> type, Collection<Class<?>> lineage) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            lineage.add(at);
        }
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            Arrays.stream(at.getInterfaces()).forEach(parent -> addLineage(parent, lineage));
        }
    }

    private static <A extends Annotation> void collect(
            AnnotatedElement element, Class<A> type, List<A> found, Set<Class<?>> seen) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> annotationType = annotation.annotationType();
            if (annotationType == type) {
                found.add(type.cast(annotation));
            } else if (!annotationType.getName().startsWith("java.") && seen.add(annotationType)) {
                collect(annotationType, type, found, seen);
            }
        }
    }

    /**
     * An annotation and where it stands.
     *
     * @param annotation the annotation
     * @param on the name of the method or class
     */
    record Declared<A extends Annotation>(A annotation, String on) {}

    private record Place(AnnotatedElement element, String name) {}
}
