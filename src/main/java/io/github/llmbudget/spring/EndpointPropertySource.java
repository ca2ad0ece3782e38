package io.github.llmbudget.spring;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Address and key of the endpoint. Whatever stands before it is the test's own: what is set there for all kinds of models
 * goes for each of them, and where an address is set, nothing of the endpoint's is given, since address and key belong
 * together. It looks when it is asked, for some of that is added later.
 */
final class EndpointPropertySource extends EnumerablePropertySource<Map<String, String>> {

    private final MutablePropertySources all;

    EndpointPropertySource(Map<String, String> properties, MutablePropertySources all) {
        super("llm-budget", properties);
        this.all = all;
    }

    @Override
    public String[] getPropertyNames() {
        return source.keySet().toArray(String[]::new);
    }

    @Override
    public boolean containsProperty(String name) {
        return getProperty(name) != null;
    }

    @Override
    public @Nullable Object getProperty(String name) {
        String value = source.get(name);
        if (value == null) {
            return null;
        }
        String kind = name.substring(0, name.lastIndexOf('.') + 1);
        Object ofAllKinds = setByTest(SpringAi.PREFIX + name.substring(kind.length()));
        if (ofAllKinds != null) {
            return ofAllKinds;
        }
        boolean hasOwnAddress =
                setByTest(SpringAi.PREFIX + SpringAi.BASE_URL) != null || setByTest(kind + SpringAi.BASE_URL) != null;
        return hasOwnAddress ? null : value;
    }

    private @Nullable Object setByTest(String name) {
        String wanted = relaxed(name);
        return all.stream()
                .takeWhile(before -> !equals(before))
                .filter(EnumerablePropertySource.class::isInstance)
                .map(before -> (EnumerablePropertySource<?>) before)
                .flatMap(before -> Arrays.stream(before.getPropertyNames())
                        .filter(given -> relaxed(given).equals(wanted))
                        .map(before::getProperty))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Spring Boot takes {@code baseUrl} and {@code base_url} for {@code base-url}. */
    private static String relaxed(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
