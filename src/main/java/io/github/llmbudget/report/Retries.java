package io.github.llmbudget.report;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the calls of a test that send a request again that failed before. */
final class Retries {

    private Retries() {}

    /** Returns the indexes of the calls that are retries. */
    static BitSet of(List<CallUsage> calls) {
        BitSet retries = new BitSet();
        Set<String> failed = new HashSet<>();
        int index = 0;
        for (CallUsage usage : calls) {
            LlmCall call = usage.call();
            String digest = call.requestDigest();
            if (digest != null) {
                if (failed.contains(digest)) {
                    retries.set(index);
                }
                if (call.status() == CallStatus.FAILED) {
                    failed.add(digest);
                }
            }
            index++;
        }
        return retries;
    }
}
