package io.github.llmbudget.comparison;

/** What is measured. */
enum Figure {
    CALL_MICROS,
    CALL_BYTES,
    STREAM_MILLIS,
    EVENT_BYTES,
    FIRST_EVENT_MILLIS,
    LAG_MEDIAN_MICROS,
    LAG_99_MICROS,
    KEPT_BYTES,
    MILLIS
}
