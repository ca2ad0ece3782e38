package io.github.llmbudget.wire;

import io.github.llmbudget.call.Operation;
import org.apiguardian.api.API;

/**
 * Reads content that Gemini generates, from the Gemini API and from Vertex, whole, as an event stream or as an array. A
 * count that the last usage object leaves out is zero.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class GeminiFormat extends JsonFormat {

    static final String FAMILY = "gemini";

    private static final JsonAnswer ANSWER = answer();

    /** Creates the format; found through its services file. */
    public GeminiFormat() {
        super(":(generateContent|streamGenerateContent)", ANSWER);
    }

    private static JsonAnswer answer() {
        String usage = "usageMetadata";
        return JsonAnswer.of(Operation.CHAT, FAMILY)
                .rule(UsageRule.REASONING_BESIDE_OUTPUT)
                .streamed(request -> request.operationPath().endsWith(":streamGenerateContent"))
                .at("modelVersion", AnswerField.MODEL)
                .at("responseId", AnswerField.RESPONSE_ID)
                .at("error", AnswerField.ERROR)
                .at(usage, AnswerField.USAGE)
                .at(usage + ".promptTokenCount", AnswerField.INPUT)
                .at(usage + ".toolUsePromptTokenCount", AnswerField.TOOL_INPUT)
                .at(usage + ".cachedContentTokenCount", AnswerField.CACHED_INPUT)
                .at(usage + ".candidatesTokenCount", AnswerField.OUTPUT)
                .at(usage + ".thoughtsTokenCount", AnswerField.REASONING)
                .at(usage + ".totalTokenCount", AnswerField.TOTAL)
                .at(usage + ".serviceTier", AnswerField.SERVICE_TIER)
                .at(usage + ".trafficType", AnswerField.SERVICE_TIER)
                .at(usage + ".promptTokensDetails.[]", AnswerField.INPUT_DETAIL)
                .at(usage + ".promptTokensDetails.[].modality", AnswerField.DETAIL_MODALITY)
                .at(usage + ".promptTokensDetails.[].tokenCount", AnswerField.DETAIL_COUNT)
                .at(usage + ".cacheTokensDetails.[]", AnswerField.CACHED_DETAIL)
                .at(usage + ".cacheTokensDetails.[].modality", AnswerField.DETAIL_MODALITY)
                .at(usage + ".cacheTokensDetails.[].tokenCount", AnswerField.DETAIL_COUNT)
                .at(usage + ".candidatesTokensDetails.[]", AnswerField.OUTPUT_DETAIL)
                .at(usage + ".candidatesTokensDetails.[].modality", AnswerField.DETAIL_MODALITY)
                .at(usage + ".candidatesTokensDetails.[].tokenCount", AnswerField.DETAIL_COUNT)
                .at("candidates.[].groundingMetadata.webSearchQueries.[]", AnswerField.SEARCH)
                .at("candidates.[]", AnswerField.CHOICE)
                .at("candidates.[].index", AnswerField.CHOICE_INDEX)
                .at("candidates.[].content.parts.[].text", AnswerField.TEXT)
                .promptAt("systemInstruction", "system_instruction", "contents", "tools")
                .build();
    }
}
