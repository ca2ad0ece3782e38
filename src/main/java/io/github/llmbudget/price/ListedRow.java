package io.github.llmbudget.price;

/**
 * A row and the list it stands in.
 *
 * @param row the row
 * @param list the list
 */
record ListedRow(PriceRow row, PriceListId list) {}
