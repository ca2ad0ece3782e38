package io.github.llmbudget.price;

import java.util.List;
import java.util.Set;

/** The rows of a price list. Safe for use by many threads. */
interface PriceRows {

    /** Returns the rows of a model, of all services that have one by that name; none if there is none. */
    List<PriceRow> of(String model);

    /** Returns the names of all models. */
    Set<String> models();

    /** Returns the SHA-256 digest of the text they were read from, in hexadecimal digits. */
    String sha256();
}
