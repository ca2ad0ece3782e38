package io.github.llmbudget.report;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Finds the calls of a test that send a request again that failed before.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Retries {

    private Retries() {}

    /**
     * Finds the retries.
     *
     * @param calls the calls of one test, in order
     * @return the indexes of those that are retries
     */
    public static BitSet of(List<CallUsage> calls) {
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
