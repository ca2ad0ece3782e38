package io.github.llmbudget.price;

import io.github.llmbudget.config.ConfigurationException;
import java.util.Arrays;
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
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    ConfigurationException wrong(String what) {
        return new ConfigurationException(
                "Price list " + list + ", line " + number + ": " + what + ". The line is: " + text);
    }
}
