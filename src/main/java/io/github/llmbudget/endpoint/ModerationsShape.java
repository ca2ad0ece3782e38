package io.github.llmbudget.endpoint;

import com.google.gson.JsonElement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Answers of {@code /moderations}. */
final class ModerationsShape implements ReplyShape {

    /** What the service looks for. */
    static final List<String> CATEGORIES = List.of(
            "harassment",
            "harassment/threatening",
            "sexual",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm/intent",
            "self-harm/instructions",
            "self-harm",
            "sexual/minors",
            "violence",
            "violence/graphic");

    private static final BigDecimal HIGH = new BigDecimal("0.98");
    private static final BigDecimal LOW = new BigDecimal("0.0001");

    @Override
    public boolean fits(ReplyContent content) {
        return content instanceof ReplyContent.Moderation;
    }

    /** The model is optional here; clients leave it out. */
    @Override
    public String unnamedModel() {
        return "omni-moderation-latest";
    }

    @Override
    public JsonMembers body(ReplyFacts facts) {
        Set<String> flagged = facts.content() instanceof ReplyContent.Moderation verdict ? verdict.flagged() : Set.of();
        List<JsonMembers> results = new ArrayList<>();
        for (JsonElement input : RequestInputs.of(facts.request().json().get("input"))) {
            results.add(result(flagged, input));
        }
        return Json.object("id", facts.id("modr-"), "model", facts.model(), "results", results);
    }

    private static JsonMembers result(Set<String> flagged, JsonElement input) {
        JsonMembers categories = Json.object();
        JsonMembers scores = Json.object();
        JsonMembers types = Json.object();
        String type = input.isJsonArray() && input.toString().contains("image_url") ? "image" : "text";
        for (String category : CATEGORIES) {
            boolean isFlagged = flagged.contains(category);
            categories.add(category, isFlagged);
            scores.add(category, isFlagged ? HIGH : LOW);
            types.add(category, List.of(type));
        }
        return Json.object(
                "flagged",
                !flagged.isEmpty(),
                "categories",
                categories,
                "category_scores",
                scores,
                "category_applied_input_types",
                types);
    }
}
