package io.github.llmbudget.jupiter;

import io.github.llmbudget.config.ConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;

/**
 * The places where a test can be annotated, the nearest first: its method, its class with what that inherits, the
 * classes it is nested in when it runs. A field that registers the extension stands where its class does.
 */
final class Declarations {

    private final List<Place> places;
    private final Optional<TestInstances> instances;

    private Declarations(List<Place> places, Optional<TestInstances> instances) {
        this.places = places;
        this.instances = instances;
    }

    static Declarations of(ExtensionContext context) {
        List<Place> places = new ArrayList<>();
        context.getTestMethod().ifPresent(method -> places.add(place(context.getRequiredTestClass(), method)));
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            at.getTestClass().ifPresent(classes::add);
        }
        classes.forEach(testClass -> addClass(testClass, places));
        return new Declarations(places, context.getTestInstances());
    }

    private static void addClass(Class<?> testClass, List<Place> places) {
        Set<Class<?>> lineage = new LinkedHashSet<>();
        addLineage(testClass, lineage);
        lineage.forEach(type -> places.add(new Place(type, name(type))));
    }

    /** Returns the places that a class has by itself, with what it inherits. */
    static Declarations ofClass(Class<?> type) {
        List<Place> places = new ArrayList<>();
        addClass(type, places);
        return new Declarations(places, Optional.empty());
    }

    /**
     * Finds an annotation at each place.
     *
     * @throws ConfigurationException if one place has it twice, directly or through meta-annotations
     */
    <A extends Annotation> List<Declared<A>> find(Class<A> type) {
        List<Declared<A>> found = findAll(type);
        for (int i = 1; i < found.size(); i++) {
            if (found.get(i).distance == found.get(i - 1).distance) {
                throw twice(found.get(i - 1), found.get(i));
            }
        }
        return found;
    }

    /** Finds all annotations of a type, the nearest first. */
    <A extends Annotation> List<Declared<A>> findAll(Class<A> type) {
        List<Declared<A>> found = new ArrayList<>();
        for (int distance = 0; distance < places.size(); distance++) {
            Place place = places.get(distance);
            List<A> here = new ArrayList<>();
            collect(place.element, type, here, new HashSet<>());
            for (A annotation : here) {
                found.add(new Declared<>(annotation, place.name, place.element instanceof Class, distance));
            }
        }
        return found;
    }

    /**
     * Finds what fields register, the nearest first.
     *
     * @throws ConfigurationException if a class has two such fields
     */
    List<Declared<Registration>> registrations() {
        List<Declared<Registration>> found = new ArrayList<>();
        for (int distance = 0; distance < places.size(); distance++) {
            int at = distance;
            if (places.get(at).element instanceof Class<?> type) {
                RegisteringField.of(type, instances)
                        .ifPresent(field -> found.add(new Declared<>(field.registration(), field.name(), true, at)));
            }
        }
        return found;
    }

    static ConfigurationException twice(Declared<?> one, Declared<?> other) {
        String kind = one.what instanceof Annotation annotation
                ? "@" + annotation.annotationType().getSimpleName()
                : "the same limit";
        return new ConfigurationException(one.on + " has " + kind + " twice: " + one.what + " and " + other.what
                + ", one of them perhaps through another annotation. Keep one.");
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

    /**
     * What is declared and where it stands.
     *
     * @param what an annotation, or what a field registers
     * @param on the name of the method or class
     * @param onClass whether it stands on a class
     * @param distance how many places are nearer to the test
     */
    record Declared<A>(A what, String on, boolean onClass, int distance) {

        /** Returns something else that stands in the same place. */
        <B> Declared<B> with(B other) {
            return new Declared<>(other, on, onClass, distance);
        }
    }

    private record Place(AnnotatedElement element, String name) {}
}
