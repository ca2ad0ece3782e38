/** The ledger of one test, which the test sees. */
@NullMarked
package io.github.llmbudget.usage;

import org.jspecify.annotations.NullMarked;
