/** Annotations and the life of a test. Start here: {@link io.github.llmbudget.jupiter.MaxCost}. */
@NullMarked
package io.github.llmbudget.jupiter;

import org.jspecify.annotations.NullMarked;
