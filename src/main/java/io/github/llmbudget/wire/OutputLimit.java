package io.github.llmbudget.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The most output tokens that a request allows, by the names that services have for it. */
final class OutputLimit {

    private static final List<String> NAMES = List.of(
            "max_completion_tokens",
            "max_output_tokens",
            "max_tokens",
            "max_tokens_to_sample",
            // Gemini; Ollama, which takes a negative number for no limit; watsonx
            "maxOutputTokens",
            "num_predict",
            "max_new_tokens");
    private static final List<String> ALTERNATIVES = List.of("n", "best_of", "candidateCount");
    private static final List<String> NESTED =
            List.of("generationConfig", "generation_config", "options", "parameters", "completion_args");

    private OutputLimit() {}

    static OptionalLong of(RequestBody body) {
        List<JsonObject> places = Stream.concat(
                        Stream.of(body.json()),
                        NESTED.stream()
                                .map(body.json()::get)
                                .filter(JsonObject.class::isInstance)
                                .map(JsonObject.class::cast))
                .toList();
        OptionalLong each = numbers(places, NAMES).filter(limit -> limit >= 0).max();
        long alternatives = numbers(places, ALTERNATIVES).max().orElse(1);
        return each.isEmpty()
                ? each
                : OptionalLong.of(saturated(saturated(each.getAsLong(), alternatives), prompts(body.json())));
    }

    /** A request for legacy completions may hold several prompts, each with answers of its own. */
    private static long prompts(JsonObject body) {
        return body.get("prompt") instanceof JsonArray prompts && !prompts.isEmpty() && !isNumber(prompts.get(0))
                ? prompts.size()
                : 1;
    }

    private static LongStream numbers(List<JsonObject> places, List<String> names) {
        return places.stream()
                .flatMap(place -> names.stream().map(place::get))
                .filter(OutputLimit::isNumber)
                .mapToLong(JsonElement::getAsLong);
    }

    private static boolean isNumber(JsonElement value) {
        return value instanceof JsonPrimitive number && number.isNumber();
    }

    private static long saturated(long limit, long times) {
        return times <= 1 ? limit : limit > Long.MAX_VALUE / times ? Long.MAX_VALUE : limit * times;
    }
}
