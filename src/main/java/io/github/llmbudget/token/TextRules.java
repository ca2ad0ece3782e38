package io.github.llmbudget.token;

import com.google.gson.JsonObject;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts texts and nothing around them: legacy completions and embeddings of OpenAI, which are exactly that, and whatever
 * models of others read and write.
 */
final class TextRules implements TokenRules {

    /** Members that say what a text is and are no text themselves. */
    private static final Set<String> NO_TEXT =
            Set.of("role", "type", "mimeType", "mime_type", "media_type", "cache_control", "id", "tool_call_id");

    private static final Set<String> IMAGES =
            Set.of("image_url", "images", "image", "inlineData", "inline_data", "source");
    private static final Set<String> AUDIO = Set.of("input_audio", "audio");
    private static final Set<String> FILES = Set.of("file", "document", "fileData", "file_data");

    private final List<String> members;

    TextRules(List<String> members) {
        this.members = members;
    }

    @Override
    public TokenEstimate prompt(JsonObject request, CountedModel model, EarlierAnswers earlier) {
        Tally tally = new Tally(model);
        members.forEach(member -> add(new JsonView(request.get(member)), tally));
        return tally.toEstimate();
    }

    private static void add(JsonView json, Tally tally) {
        if (json.isNumber()) {
            // The id of a token.
            tally.certain(1);
        } else if (json.isString()) {
            tally.text(json.text());
        } else if (json.isArray()) {
            json.items().forEach(item -> add(item, tally));
        } else {
            json.members().forEach(member -> addMember(member, tally));
        }
    }

    private static void addMember(Map.Entry<String, JsonView> member, Tally tally) {
        String key = member.getKey();
        JsonView value = member.getValue();
        if (IMAGES.contains(key) && !(key.equals("source") && value.isString())) {
            tally.doubt(EstimateReason.IMAGE_SIZE_UNKNOWN);
        } else if (AUDIO.contains(key)) {
            tally.doubt(EstimateReason.AUDIO);
        } else if (FILES.contains(key) && !value.isString()) {
            tally.doubt(EstimateReason.FILE);
        } else if (!NO_TEXT.contains(key)) {
            add(value, tally);
        }
    }

    @Override
    public TokenEstimate answer(JsonObject body, List<AnswerChoice> choices, CountedModel model) {
        JsonView request = new JsonView(body);
        Tally tally = new Tally(model);
        for (AnswerChoice choice : choices) {
            choice.texts().forEach(tally::written);
            for (FunctionCall call : choice.calls()) {
                tally.text(call.name());
                tally.written(call.arguments());
            }
        }
        if (model.hidesReasoning() || asksForReasoning(request)) {
            tally.doubt(EstimateReason.REASONING_HIDDEN);
        }
        long alternatives = request.at("n").count(1);
        if (request.at("echo").isTrue()) {
            tally.certain(
                    -alternatives * prompt(body, model, new EarlierAnswers()).value());
        }
        if (request.at("best_of").count(alternatives) > alternatives) {
            tally.doubt(EstimateReason.UNKNOWN_CONTENT);
        }
        return tally.toEstimate();
    }

    /** Models of others tell a part of their reasoning at most. */
    private static boolean asksForReasoning(JsonView request) {
        JsonView thinking = request.at("thinking");
        JsonView effort = request.at("reasoning_effort");
        return (thinking.isObject() && !thinking.at("type").is("disabled"))
                || (effort.isPresent() && !effort.is("none"))
                || request.at("generationConfig").at("thinkingConfig").isPresent();
    }
}
