package io.github.llmbudget.wire;

/** What a reader wants to know of an answer, wherever a format puts it. */
enum Field {
    /** The object that holds the counts; a later one replaces an earlier one as a whole. */
    USAGE,
    INPUT,
    CACHED_INPUT,
    CACHE_WRITE,
    AUDIO_INPUT,
    OUTPUT,
    TOTAL,
    REASONING,
    AUDIO_OUTPUT,
    MODEL,
    RESPONSE_ID,
    SERVICE_TIER,
    /** The type of a stream's event. */
    EVENT,
    /** Whether the answer is final; some services answer first and work later. */
    PROGRESS,
    /** One of several alternative answers. */
    CHOICE,
    CHOICE_INDEX,
    /** Text the model produced, whole or in pieces. */
    TEXT,
    /** An error inside the answer. */
    ERROR
}
