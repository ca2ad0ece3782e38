package io.github.llmbudget.wire;

import io.github.llmbudget.call.CallStatus;

/** Tells an answer that refuses the request from one that serves it. */
final class Refusal {

    private static final int OK = 200;
    private static final int REDIRECTION = 300;

    private Refusal() {}

    static boolean is(CallStatus status, int httpStatus) {
        return status == CallStatus.FAILED
                || (status != CallStatus.UNFINISHED && (httpStatus < OK || httpStatus >= REDIRECTION));
    }
}
