/** The listener that writes the report when the run is over. */
@NullMarked
package io.github.llmbudget.platform;

import org.jspecify.annotations.NullMarked;
