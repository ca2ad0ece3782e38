package io.github.llmbudget.cassette;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Says why a request found no answer. */
record MissText(ComparisonText sent, int recorded, int asked, NearestRequests nearest) {

    private static final int MOST_LINES = 5;

    @Override
    public String toString() {
        if (nearest.size() == 0) {
            return "nothing is recorded: the cassette is empty";
        }
        if (recorded > 0) {
            return "recorded " + (recorded == 1 ? "once" : recorded + " times") + ", requested " + asked + " times";
        }
        OptionalInt likest = nearest.to(sent);
        if (likest.isPresent()) {
            return difference(likest.getAsInt());
        }
        OptionalInt elsewhere = nearest.ofSameBody(sent);
        if (elsewhere.isPresent() && !sent.body().isEmpty()) {
            return exchange(elsewhere.getAsInt()) + " has the same body, but was recorded as "
                    + nearest.get(elsewhere.getAsInt()).line();
        }
        return "nothing is recorded for " + sent.line() + "; the cassette has " + lines();
    }

    private static String exchange(int index) {
        return "exchange #" + (index + 1);
    }

    private String difference(int index) {
        ComparisonText other = nearest.get(index);
        if (withoutModel(sent).equals(withoutModel(other))) {
            return exchange(index) + " differs in its model only: recorded " + other.model() + ", sent " + sent.model();
        }
        String which = nearest.size() == 1 ? "the only recorded request" : "the nearest of " + nearest.size();
        return exchange(index) + ", " + which + ", differs (- recorded, + sent):\n\n"
                + new BodyDiff(other.body(), sent.body());
    }

    private static String withoutModel(ComparisonText text) {
        JsonElement tree = text.model() == null ? null : JsonTree.of(text.body());
        if (tree instanceof JsonObject object) {
            object.remove("model");
            return JsonTree.canonical(object);
        }
        return text.body();
    }

    private String lines() {
        Map<String, Integer> lines = nearest.lines();
        String known = lines.entrySet().stream()
                .limit(MOST_LINES)
                .map(line -> line.getValue() + " of " + line.getKey())
                .collect(Collectors.joining(", "));
        int more = lines.size() - MOST_LINES;
        return more > 0 ? known + ", and " + more + " more paths" : known;
    }
}
