package io.github.llmbudget.wire;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * All formats there are, and the choice among them. Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class WireFormats {

    private static volatile @Nullable WireFormats all;

    private final List<WireFormat> formats;
    private final Remembered<List<WireFormat>> byPath = new Remembered<>(this::mayRead);

    WireFormats(List<WireFormat> formats) {
        this.formats = formats.stream()
                .sorted(Comparator.comparingInt(WireFormat::order).reversed())
                .toList();
    }

    /**
     * Returns the formats on the class path. They are looked for once, which takes its time.
     *
     * @return all of them, those built in among them
     * @throws java.util.ServiceConfigurationError if one of them cannot be loaded; who asks again looks again
     */
    public static WireFormats all() {
        WireFormats known = all;
        if (known == null) {
            synchronized (WireFormats.class) {
                known = all == null ? load() : all;
                all = known;
            }
        }
        return known;
    }

    private static WireFormats load() {
        return new WireFormats(ServiceLoader.load(WireFormat.class, WireFormat.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * Finds the format that reads the answer to a request.
     *
     * @param request the request
     * @return the format, empty if the request is not a call: nothing it asks for is billed
     * @throws IllegalStateException if two formats of the same order claim the request
     */
    public Optional<WireFormat> find(HttpExchange.Request request) {
        WireFormat found = null;
        for (WireFormat format : byPath.about(request.operationPath())) {
            if (found != null && format.order() < found.order()) {
                break;
            }
            if (format.matches(request)) {
                requireNone(found, format, request);
                found = format;
            }
        }
        return Optional.ofNullable(found);
    }

    private List<WireFormat> mayRead(String path) {
        return formats.stream()
                .filter(format -> !(format instanceof JsonFormat json) || json.hasUseFor(path))
                .toList();
    }

    private static void requireNone(@Nullable WireFormat found, WireFormat other, HttpExchange.Request request) {
        if (found != null) {
            throw new IllegalStateException("Both " + found.getClass().getName() + " and "
                    + other.getClass().getName() + " read " + request.method() + " " + request.path()
                    + "; give one of them a higher order().");
        }
    }
}
