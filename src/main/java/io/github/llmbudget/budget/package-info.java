/** Limits, the check of a test's usage against them, and the text of the failure. */
@NullMarked
package io.github.llmbudget.budget;

import org.jspecify.annotations.NullMarked;
