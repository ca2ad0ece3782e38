package io.github.llmbudget.wire;

import io.github.llmbudget.call.LlmCall;

/** Tells what a service bills by other units than tokens, for which one has to look at the request. */
@FunctionalInterface
interface BilledUnits {

    /**
     * Adds the units to a call that did not fail.
     *
     * @param call the call
     * @param request what it asked for
     * @param images how many images stand in the answer
     * @return the call with its units
     */
    LlmCall addTo(LlmCall call, RequestBody request, long images);
}
