package io.github.llmbudget.price;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apiguardian.api.API;

/**
 * Where the price lists of a project are found: an imported one, those of {@link PriceSource}s, the project's own on the
 * class path, and a file.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PriceSources {

    /** The list on the test class path that an import has written: {@value}. */
    public static final String IMPORTED_LIST = "llm-prices-imported.csv";

    /** The list on the test class path that is the project's own: {@value}. */
    public static final String CLASS_PATH_LIST = "llm-prices.csv";

    private PriceSources() {}

    /**
     * Reads the lists there are.
     *
     * @param tests the class loader of the tests
     * @param file a file named in the configuration
     * @return the lists, the last one uppermost
     * @throws io.github.llmbudget.config.ConfigurationException if one cannot be read
     */
    public static List<PriceList> read(ClassLoader tests, Optional<Path> file) {
        List<PriceList> lists = new ArrayList<>();
        onClassPath(tests, IMPORTED_LIST).ifPresent(lists::add);
        ServiceLoader.load(PriceSource.class, tests).forEach(source -> lists.addAll(source.lists()));
        onClassPath(tests, CLASS_PATH_LIST).ifPresent(lists::add);
        file.map(PriceList::read).ifPresent(lists::add);
        return lists;
    }

    private static Optional<PriceList> onClassPath(ClassLoader tests, String name) {
        return Optional.ofNullable(tests.getResource(name)).map(resource -> PriceList.read(name, resource));
    }
}
