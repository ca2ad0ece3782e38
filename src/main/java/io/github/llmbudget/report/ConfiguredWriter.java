package io.github.llmbudget.report;

import io.github.llmbudget.config.Configuration;

/** A writer of this library that depends on settings beside the choice of it. */
interface ConfiguredWriter extends ReportWriter {

    /** Returns the writer that these settings ask for. */
    ReportWriter configuredBy(Configuration configuration);
}
