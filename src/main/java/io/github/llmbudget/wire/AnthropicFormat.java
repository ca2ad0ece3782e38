package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads Anthropic's messages, from Anthropic itself and from Vertex. A stream tells the usage first when it begins and
 * then as it goes on; a later object has only the counts that changed. Compactions and advisors are billed beside.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class AnthropicFormat extends JsonFormat {

    private static final JsonAnswer ANSWER = answer();

    /** Creates the format; found through its services file. */
    public AnthropicFormat() {
        // The messages of a thread are something else.
        super(
                "((?<!/threads/[^/]{1,99})/messages|/publishers/anthropic/models/(?!count-tokens:)[^/:]+:(rawPredict|streamRawPredict))",
                ANSWER);
    }

    private static JsonAnswer answer() {
        JsonAnswer.Builder answer = JsonAnswer.of(Operation.CHAT, "anthropic")
                .rule(UsageRule.CACHE_BESIDE_INPUT)
                .merge(UsageMerge.UPDATED)
                .at("type", AnswerField.KIND)
                .lastKinds("message_stop")
                .at("error", AnswerField.ERROR)
                .at("content.[].text", AnswerField.TEXT)
                .at("content.[].thinking", AnswerField.TEXT)
                .at("delta.text", AnswerField.TEXT)
                .at("delta.thinking", AnswerField.TEXT)
                .at("delta.partial_json", AnswerField.TEXT)
                .promptAt("system", "messages", "tools");
        message(answer, "", AnswerField.USAGE);
        message(answer, "message.", AnswerField.USAGE_SO_FAR);
        return answer.build();
    }

    private static void message(JsonAnswer.Builder answer, String at, AnswerField usageField) {
        String usage = at + "usage";
        answer.at(at + "id", AnswerField.RESPONSE_ID)
                .at(at + "model", AnswerField.MODEL)
                .at(usage, usageField)
                .at(usage + ".service_tier", AnswerField.SERVICE_TIER)
                .at(usage + ".speed", AnswerField.SPEED)
                .at(usage + ".inference_geo", AnswerField.REGION)
                .at(usage + ".output_tokens_details.thinking_tokens", AnswerField.REASONING)
                .toolCallsAt(usage + ".server_tool_use.web_search_requests", BilledTools.WEB_SEARCH)
                .toolCallsAt(usage + ".server_tool_use.web_fetch_requests", "web_fetch")
                .toolCallsAt(usage + ".server_tool_use.code_execution_requests", "code_execution")
                .at(usage + ".iterations.[]", AnswerField.SAMPLING)
                .at(usage + ".iterations.[].type", AnswerField.SAMPLING_KIND)
                .at(usage + ".iterations.[].model", AnswerField.SAMPLING_MODEL);
        counts(answer, usage);
        counts(answer, usage + ".iterations.[]");
    }

    private static void counts(JsonAnswer.Builder answer, String at) {
        answer.at(at + ".input_tokens", AnswerField.INPUT)
                .at(at + ".cache_read_input_tokens", AnswerField.CACHED_INPUT)
                .at(at + ".cache_creation_input_tokens", AnswerField.CACHE_WRITE)
                .at(at + ".cache_creation.ephemeral_5m_input_tokens", AnswerField.CACHE_WRITE_SHORT)
                .at(at + ".cache_creation.ephemeral_1h_input_tokens", AnswerField.CACHE_WRITE_ONE_HOUR)
                .at(at + ".output_tokens", AnswerField.OUTPUT);
    }
}
