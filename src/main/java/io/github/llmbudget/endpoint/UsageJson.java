package io.github.llmbudget.endpoint;

import io.github.llmbudget.call.TokenCounts;

/** Usage as the service reports it, in its two vocabularies. */
final class UsageJson {

    private UsageJson() {}

    /** The usage of chat completions and completions. */
    static JsonMembers promptAndCompletion(TokenCounts usage) {
        return Json.object(
                "prompt_tokens", usage.input(),
                "completion_tokens", usage.output(),
                "total_tokens", usage.total(),
                "prompt_tokens_details",
                        Json.object(
                                "cached_tokens", usage.cachedInput(),
                                "cache_write_tokens", usage.cacheWrite(),
                                "audio_tokens", usage.audioInput()),
                "completion_tokens_details",
                        Json.object(
                                "reasoning_tokens",
                                usage.reasoning(),
                                "audio_tokens",
                                usage.audioOutput(),
                                "accepted_prediction_tokens",
                                0,
                                "rejected_prediction_tokens",
                                0));
    }

    /** The usage of responses. */
    static JsonMembers inputAndOutput(TokenCounts usage) {
        return Json.object(
                "input_tokens", usage.input(),
                "input_tokens_details",
                        Json.object("cached_tokens", usage.cachedInput(), "cache_write_tokens", usage.cacheWrite()),
                "output_tokens", usage.output(),
                "output_tokens_details", Json.object("reasoning_tokens", usage.reasoning()),
                "total_tokens", usage.total());
    }
}
