package io.github.llmbudget.price;

import io.github.llmbudget.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a price list, which knows where it stands.
 *
 * @param list the list's name
 * @param number its number, from 1
 * @param text its text
 */
record ListLine(String list, int number, String text) {

    List<String> cells() {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            cells.add(text.substring(from, comma).strip());
            from = comma + 1;
        }
        cells.add(text.substring(from).strip());
        return cells;
    }

    ConfigurationException wrong(String what) {
        return new ConfigurationException(
                "Price list " + list + ", line " + number + ": " + what + ". The line is: " + text);
    }
}
