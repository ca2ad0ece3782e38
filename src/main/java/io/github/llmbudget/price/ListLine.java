package io.github.llmbudget.price;

import io.github.llmbudget.config.ConfigurationException;
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
        String[] cells = text.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return List.of(cells);
    }

    ConfigurationException wrong(String what) {
        return new ConfigurationException(
                "Price list " + list + ", line " + number + ": " + what + ". The line is: " + text);
    }
}
