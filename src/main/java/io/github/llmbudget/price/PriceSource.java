package io.github.llmbudget.price;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Brings price lists of your own, such as those that all projects of a company share. A source is found through
 * {@code META-INF/services/io.github.llmbudget.price.PriceSource}. Its lists stand above the one built in and an imported
 * one, and below the project's own {@code llm-prices.csv}.
 *
 * <pre>{@code
 * public final class CompanyPrices implements PriceSource {
 *
 *     @Override
 *     public List<PriceList> lists() {
 *         return List.of(PriceList.read("company prices", CompanyPrices.class.getResource("prices.csv")));
 *     }
 * }
 * }</pre>
 *
 * <p>A source is asked once a run, by one thread, and needs a public constructor without parameters. It must not go to
 * the network: prices that change between two runs change verdicts.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface PriceSource {

    /**
     * Returns the lists.
     *
     * @return the lists; a later one wins
     * @throws io.github.llmbudget.config.ConfigurationException if they cannot be read
     */
    List<PriceList> lists();
}
