/** Counts the tokens of texts and prompts when nobody reported them. */
@NullMarked
package io.github.llmbudget.token;

import org.jspecify.annotations.NullMarked;
