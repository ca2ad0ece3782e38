/** What one does with prices outside a test run. */
@NullMarked
package io.github.llmbudget.cli;

import org.jspecify.annotations.NullMarked;
