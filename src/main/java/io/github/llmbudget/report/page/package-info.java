/** The report as a page for a browser: one file that needs no other. */
@NullMarked
package io.github.llmbudget.report.page;

import org.jspecify.annotations.NullMarked;
