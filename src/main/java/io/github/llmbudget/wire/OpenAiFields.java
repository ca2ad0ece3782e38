package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;

/** Where OpenAI's answers, and those of compatible services, tell what the call was. */
final class OpenAiFields {

    static final String FAMILY = "openai";

    private OpenAiFields() {}

    /** Answers with prompt and completion tokens: chat completions, completions, embeddings, assistants' runs. */
    static JsonAnswer.Builder promptAndCompletion(Operation operation) {
        JsonAnswer.Builder answer = root(JsonAnswer.of(operation, FAMILY), "");
        // Groq repeats the usage in an object of its own; older answers have it there only.
        for (String usage : new String[] {"usage", "x_groq.usage"}) {
            usage(answer, usage)
                    .at(usage + ".prompt_tokens", AnswerField.INPUT)
                    .at(usage + ".completion_tokens", AnswerField.OUTPUT)
                    // DeepSeek; Moonshot; Mistral; gateways that speak for Anthropic.
                    .at(usage + ".prompt_cache_hit_tokens", AnswerField.CACHED_INPUT)
                    .at(usage + ".cached_tokens", AnswerField.CACHED_INPUT)
                    .at(usage + ".num_cached_tokens", AnswerField.CACHED_INPUT)
                    .at(usage + ".cache_read_input_tokens", AnswerField.CACHED_INPUT)
                    .at(usage + ".cache_creation_input_tokens", AnswerField.CACHE_WRITE);
            details(answer, usage + ".prompt", usage + ".completion");
        }
        return answer.at("choices.[]", AnswerField.CHOICE).at("choices.[].index", AnswerField.CHOICE_INDEX);
    }

    /** Answers with input and output tokens at the root: images, transcriptions, speech, batches, compactions. */
    static JsonAnswer.Builder inputAndOutput(Operation operation) {
        return inputAndOutput(JsonAnswer.of(operation, FAMILY), "");
    }

    /** Adds input and output tokens at the root, or below {@code response.} in an event. */
    static JsonAnswer.Builder inputAndOutput(JsonAnswer.Builder answer, String at) {
        String usage = at + "usage";
        usage(root(answer, at), usage)
                .at(at + "status", AnswerField.PROGRESS)
                .at(usage + ".input_tokens", AnswerField.INPUT)
                .at(usage + ".output_tokens", AnswerField.OUTPUT)
                // Mistral has the other names here too.
                .at(usage + ".prompt_tokens", AnswerField.INPUT)
                .at(usage + ".completion_tokens", AnswerField.OUTPUT);
        details(answer, usage + ".input", usage + ".output");
        return answer;
    }

    private static JsonAnswer.Builder root(JsonAnswer.Builder answer, String at) {
        return answer.at(at + "model", AnswerField.MODEL)
                .at(at + "id", AnswerField.RESPONSE_ID)
                .at(at + "service_tier", AnswerField.SERVICE_TIER)
                .at(at + "error", AnswerField.ERROR);
    }

    private static JsonAnswer.Builder usage(JsonAnswer.Builder answer, String usage) {
        answer.at(usage, AnswerField.USAGE)
                .at(usage + ".total_tokens", AnswerField.TOTAL)
                .at(usage + ".connector_tokens", AnswerField.TOOL_INPUT)
                // OpenRouter tells its price as a number, Perplexity in an object, xAI in ticks.
                .at(usage + ".cost", AnswerField.COST)
                .at(usage + ".cost.total_cost", AnswerField.COST)
                .at(usage + ".pydantic_ai_gateway.cost_estimate", AnswerField.COST)
                .at(usage + ".cost_in_usd_ticks", AnswerField.COST_TICKS)
                .at(usage + ".is_byok", AnswerField.OWN_KEY)
                .at(usage + ".cost_details.upstream_inference_cost", AnswerField.OWN_KEY_COST)
                .toolCallsAt(usage + ".server_tool_use.web_search_requests", BilledTools.WEB_SEARCH)
                .toolCallsAt(usage + ".server_tool_use_details.web_search_requests", BilledTools.WEB_SEARCH)
                .toolCallsAt(usage + ".num_search_queries", BilledTools.WEB_SEARCH);
        String runs = usage + ".server_side_tool_usage_details.";
        cacheWrites(answer, usage);
        for (String tool : new String[] {
            BilledTools.WEB_SEARCH,
            "x_search",
            "file_search",
            "code_interpreter",
            "image_generation",
            "mcp",
            "document_search"
        }) {
            answer.toolCallsAt(runs + tool + "_calls", tool);
        }
        return answer;
    }

    private static void details(JsonAnswer.Builder answer, String input, String output) {
        // Some services write the word in the singular.
        for (String details : new String[] {"_tokens_details", "_token_details"}) {
            answer.at(input + details + ".cached_tokens", AnswerField.CACHED_INPUT)
                    .at(input + details + ".cached_tokens_details.audio_tokens", AnswerField.CACHED_AUDIO_INPUT)
                    .at(input + details + ".cached_tokens_details.image_tokens", AnswerField.CACHED_IMAGE_INPUT)
                    .at(input + details + ".cache_write_tokens", AnswerField.CACHE_WRITE)
                    .at(input + details + ".audio_tokens", AnswerField.AUDIO_INPUT)
                    .at(input + details + ".image_tokens", AnswerField.IMAGE_INPUT)
                    .at(output + details + ".reasoning_tokens", AnswerField.REASONING)
                    .at(output + details + ".audio_tokens", AnswerField.AUDIO_OUTPUT)
                    .at(output + details + ".image_tokens", AnswerField.IMAGE_OUTPUT);
            cacheWrites(answer, input + details);
        }
    }

    private static void cacheWrites(JsonAnswer.Builder answer, String at) {
        String writes = at + ".cache_write_tokens_details.";
        answer.at(writes + "ttl_30m_tokens", AnswerField.CACHE_WRITE_SHORT)
                .at(writes + "ttl_1h_tokens", AnswerField.CACHE_WRITE_ONE_HOUR)
                .at(writes + "ttl_12h_tokens", AnswerField.CACHE_WRITE_TWELVE_HOURS);
    }
}
