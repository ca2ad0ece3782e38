package io.github.llmbudget.comparison;

/**
 * What a service says, whatever it is asked.
 *
 * @param text the text of answers that come whole
 * @param events how many events a stream has, the one with the usage and the end mark included
 * @param pace how a stream comes
 */
record Output(String text, int events, Pace pace) {

    /** What is said where nothing else is wanted. */
    static final Output USUAL = new Output(Payload.ANSWER_TEXT, 1_002, Pace.AT_ONCE);

    /** How a stream comes. */
    enum Pace {
        AT_ONCE,
        /** Each with the time at which it was sent. */
        AN_EVENT_A_MILLISECOND
    }
}
