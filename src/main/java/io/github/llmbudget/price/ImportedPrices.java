package io.github.llmbudget.price;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Prices of another catalogue, made into a list as {@link PriceList} reads it.
 *
 * @param list the text of the list
 * @param remarks what was left out or mended, and why, a clause each
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ImportedPrices(String list, List<String> remarks) {

    /**
     * Copies the remarks.
     *
     * @param list the text of the list
     * @param remarks what was left out or mended, and why, a clause each
     */
    public ImportedPrices {
        remarks = List.copyOf(remarks);
    }
}
