/** What a run cost: the journal, the data of the report, and its writers. */
@NullMarked
package io.github.llmbudget.report;

import org.jspecify.annotations.NullMarked;
