package io.github.llmbudget.spring;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Address and key of the endpoint. Whatever stands before it is the test's own: a client whose address is set there
 * gets nothing from here, since address and key belong together. It looks when it is asked, for some of that is added later.
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
        return value == null || isLeftToTheTest(name) ? null : value;
    }

    private boolean isLeftToTheTest(String name) {
        String kind = name.substring(0, name.lastIndexOf('.') + 1);
        Stream<String> addresses = Stream.of(SpringAi.PREFIX + SpringAi.BASE_URL, kind + SpringAi.BASE_URL);
        Stream<String> keys =
                name.endsWith(SpringAi.API_KEY) ? Stream.of(SpringAi.PREFIX + SpringAi.API_KEY) : Stream.of();
        Set<String> deciding = Stream.concat(addresses, keys)
                .map(EndpointPropertySource::relaxed)
                .collect(Collectors.toSet());
        return all.stream()
                .takeWhile(before -> !equals(before))
                .flatMap(EndpointPropertySource::names)
                .map(EndpointPropertySource::relaxed)
                .anyMatch(deciding::contains);
    }

    private static Stream<String> names(PropertySource<?> source) {
        return source instanceof EnumerablePropertySource<?> named
                ? Arrays.stream(named.getPropertyNames())
                : Stream.of();
    }

    /** Spring Boot takes {@code baseUrl} and {@code base_url} for {@code base-url}. */
    private static String relaxed(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
