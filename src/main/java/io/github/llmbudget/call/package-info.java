/** The vocabulary: what one call was. */
@NullMarked
package io.github.llmbudget.call;

import org.jspecify.annotations.NullMarked;
