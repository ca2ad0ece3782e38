package io.github.llmbudget.jupiter;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The names of tests in their classes. Safe for use by many threads. */
final class TestNames {

    /** So begins what tells a run of a test or of a class from the others. */
    private static final String INVOCATION = "-template-invocation:#";

    private final Map<Method, String> ofMethods = new ConcurrentHashMap<>();

    /** Returns the name of a test: different for each run of it, and for methods of one name. */
    String of(ExtensionContext context) {
        StringBuilder name =
                new StringBuilder(ofMethods.computeIfAbsent(context.getRequiredTestMethod(), TestNames::nameOf));
        String id = context.getUniqueId();
        for (int at = id.indexOf(INVOCATION); at >= 0; at = id.indexOf(INVOCATION, at + 1)) {
            int number = at + INVOCATION.length();
            name.append('[').append(id, number, id.indexOf(']', number)).append(']');
        }
        return name.toString();
    }

    private static String nameOf(Method method) {
        boolean isOverloaded = Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
                        .filter(other -> other.getName().equals(method.getName()) && !other.isSynthetic())
                        .count()
                > 1;
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        return method.getName() + (isOverloaded ? parameters : "");
    }
}
