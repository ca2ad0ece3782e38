package io.github.llmbudget.price;

/**
 * A row and the list it stands in.
 *
 * @param row the row
 * @param list the name of the list
 */
record ListedRow(PriceRow row, String list) {}
