package io.github.llmbudget.comparison;

import java.io.IOException;
import java.util.Map;

/** What is done on a way, and how long it takes. */
@FunctionalInterface
interface Work {

    /**
     * Does it.
     *
     * @param way how to come to answers
     * @return the figures, by what they are
     */
    Map<Figure, Double> on(Way way) throws IOException;
}
