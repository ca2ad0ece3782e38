package io.github.llmbudget.jupiter;

import io.github.llmbudget.config.ConfigurationException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** JUnit's lock on the system properties. It is taken by an annotation alone; whether one is there can be seen. */
final class SystemPropertiesLock {

    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    /** {@code @Isolated} locks everything. */
    private static final Set<String> WANTED = Set.of(Resources.SYSTEM_PROPERTIES, Resources.GLOBAL);

    private SystemPropertiesLock() {}

    /**
     * Sees to it that no other test can change the properties meanwhile. One that keeps to its parent's thread may run beside
     * others all the same.
     *
     * @throws ConfigurationException if one can
     */
    static void require(ExtensionContext context, String name) {
        boolean inParallel = context.getConfigurationParameter(PARALLEL)
                .map(Boolean::parseBoolean)
                .orElse(false);
        if (inParallel
                && around(context).flatMap(at -> at.getElement().stream()).noneMatch(SystemPropertiesLock::locks)) {
            throw new ConfigurationException(name
                    + " binds system properties, and other tests may run meanwhile. Annotate it or its class with"
                    + " @BindSystemProperties, or with @ResourceLock(Resources.SYSTEM_PROPERTIES) as well.");
        }
    }

    private static Stream<ExtensionContext> around(ExtensionContext context) {
        return Stream.iterate(Optional.of(context), Optional::isPresent, at -> at.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream);
    }

    private static boolean locks(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ResourceLock.class).stream()
                .anyMatch(lock -> isProvided(lock)
                        || (WANTED.contains(lock.value()) && lock.mode() == ResourceAccessMode.READ_WRITE));
    }

    /** Since JUnit 5.12 an annotation may leave it to a class what it locks, which is trusted. */
    private static boolean isProvided(ResourceLock lock) {
        return ReflectionSupport.findMethod(ResourceLock.class, "providers")
                .map((Method providers) -> ReflectionSupport.invokeMethod(providers, lock))
                .filter(found -> ((Object[]) found).length > 0)
                .isPresent();
    }
}
