/** Turns token counts into money. */
@NullMarked
package io.github.llmbudget.price;

import org.jspecify.annotations.NullMarked;
