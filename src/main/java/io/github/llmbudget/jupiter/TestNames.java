package io.github.llmbudget.jupiter;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The names of tests in their classes. Safe for use by many threads. */
final class TestNames {

    private static final Pattern INVOCATION = Pattern.compile("\\[(?:class|test)-template-invocation:#(\\d+)]");

    private final Map<Method, String> ofMethods = new ConcurrentHashMap<>();

    /** Returns the name of a test: different for each run of it, and for methods of one name. */
    String of(ExtensionContext context) {
        StringBuilder name =
                new StringBuilder(ofMethods.computeIfAbsent(context.getRequiredTestMethod(), TestNames::nameOf));
        Matcher runs = INVOCATION.matcher(context.getUniqueId());
        while (runs.find()) {
            name.append('[').append(runs.group(1)).append(']');
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
