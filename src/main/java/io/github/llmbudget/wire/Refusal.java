package io.github.llmbudget.wire;

import io.github.llmbudget.call.CallStatus;

/** Tells an answer that refuses the request from one that serves it. */
final class Refusal {

    private static final int OK = 200;
    private static final int REDIRECTION = 300;

    private Refusal() {}

    /** A request that was cut off before its answer began was not refused. */
    static boolean is(CallStatus status, int httpStatus) {
        boolean begun = status == CallStatus.COMPLETE || (status == CallStatus.CUT && httpStatus != 0);
        return status == CallStatus.FAILED || (begun && (httpStatus < OK || httpStatus >= REDIRECTION));
    }
}
