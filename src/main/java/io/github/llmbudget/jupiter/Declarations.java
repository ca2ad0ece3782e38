package io.github.llmbudget.jupiter;

import io.github.llmbudget.config.ConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;

/**
 * The places where a test can be annotated, the nearest first: its method, its class with what that inherits, the
 * classes it is nested in when it runs. A field that registers the extension stands where its class does. Used by one thread.
 */
final class Declarations {

    private final List<Place> places;
    private final Optional<TestInstances> instances;
    private final Annotations annotations;
    private @Nullable List<Declared<Registration>> registrations;

    private Declarations(List<Place> places, Optional<TestInstances> instances, Annotations annotations) {
        this.places = places;
        this.instances = instances;
        this.annotations = annotations;
    }

    static Declarations of(ExtensionContext context, Annotations annotations) {
        List<Place> places = new ArrayList<>();
        context.getTestMethod().ifPresent(method -> places.add(place(context.getRequiredTestClass(), method)));
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            at.getTestClass().ifPresent(classes::add);
        }
        classes.forEach(testClass -> addClass(testClass, places));
        return new Declarations(places, context.getTestInstances(), annotations);
    }

    private static void addClass(Class<?> testClass, List<Place> places) {
        Set<Class<?>> lineage = new LinkedHashSet<>();
        addLineage(testClass, lineage);
        lineage.forEach(type -> places.add(new Place(type, name(type))));
    }

    /** Returns the places that a class has by itself, with what it inherits. */
    static Declarations ofClass(Class<?> type, Annotations annotations) {
        List<Place> places = new ArrayList<>();
        addClass(type, places);
        return new Declarations(places, Optional.empty(), annotations);
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
            for (A annotation : annotations.find(place.element, type)) {
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
        List<Declared<Registration>> known = registrations;
        if (known == null) {
            known = findRegistrations();
            registrations = known;
        }
        return known;
    }

    private List<Declared<Registration>> findRegistrations() {
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
            for (Class<?> parent : at.getInterfaces()) {
                addLineage(parent, lineage);
            }
        }
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
