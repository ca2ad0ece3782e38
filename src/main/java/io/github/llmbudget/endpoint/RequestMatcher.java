package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.JsonPath;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Tells for which requests a reply of {@link MockLlm} is meant.
 *
 * <pre>{@code
 * llm.when(lastUserText("refund").and(model("gpt-4o"))).reply("In 5 days.");
 * llm.when(path("/embeddings")).always(Reply.embeddings());
 * llm.when(json("$.tools[*].function.name", "getOrder")).reply(Reply.toolCall("getOrder", "{\"id\": 7}"));
 * }</pre>
 *
 * <p>Immutable. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class RequestMatcher {

    private static final int LONGEST_ACTUAL = 60;

    /** One thing that must hold. */
    private record Condition(
            String subject, String expected, Predicate<LlmRequest> holds, Function<LlmRequest, String> actual) {}

    private final List<Condition> conditions;

    private RequestMatcher(List<Condition> conditions) {
        this.conditions = conditions;
    }

    private static RequestMatcher of(
            String subject, String expected, Predicate<LlmRequest> holds, Function<LlmRequest, String> actual) {
        return new RequestMatcher(List.of(new Condition(subject, expected, holds, actual)));
    }

    /**
     * Matches requests to an operation.
     *
     * @param ending how the path ends, such as {@code /embeddings}; {@code /completions} is the end of
     *     {@code /chat/completions} too
     * @return the matcher
     */
    public static RequestMatcher path(String ending) {
        return of("path", "ends with " + ending, request -> request.path().endsWith(ending), LlmRequest::path);
    }

    /**
     * Matches requests that name a model.
     *
     * @param name the whole name
     * @return the matcher
     */
    public static RequestMatcher model(String name) {
        return of("model", name, request -> name.equals(request.model()), request -> String.valueOf(request.model()));
    }

    /**
     * Matches requests by what the user said last, see {@link LlmRequest#lastUserText()}.
     *
     * @param part a text that it contains
     * @return the matcher
     */
    public static RequestMatcher lastUserText(String part) {
        return of(
                "last user text",
                "contains \"" + shortened(part) + "\"",
                request -> request.lastUserText().contains(part),
                LlmRequest::lastUserText);
    }

    /**
     * Matches requests that have a value somewhere in their body.
     *
     * @param path a JSON path, such as {@code $.tools[*].function.name}; one of the values there must be equal
     * @param value the value: a string as it is, anything else as JSON, such as {@code 0.2} or {@code true}
     * @return the matcher
     * @throws io.github.llmbudget.config.ConfigurationException if it is no such path
     */
    public static RequestMatcher json(String path, String value) {
        return json(path, value, value::equals);
    }

    /**
     * Matches requests by a value in their body.
     *
     * @param path a JSON path; one of the values there must satisfy the condition
     * @param description the condition in a few words, for whoever reads the failure
     * @param condition takes a string as it is, anything else as JSON; must be safe for use by many threads
     * @return the matcher
     * @throws io.github.llmbudget.config.ConfigurationException if it is no such path
     */
    public static RequestMatcher json(String path, String description, Predicate<String> condition) {
        JsonPath.of(path); // Says at once what is wrong with it.
        return of(path, description, request -> request.json(path).stream().anyMatch(condition), request -> {
            List<String> found = request.json(path);
            return found.isEmpty() ? "(absent)" : String.join(", ", found);
        });
    }

    /**
     * Matches requests by a condition of your own.
     *
     * @param description the condition in a few words, for whoever reads the failure
     * @param condition must be safe for use by many threads
     * @return the matcher
     */
    public static RequestMatcher that(String description, Predicate<LlmRequest> condition) {
        return of("request", description, condition, request -> "does not");
    }

    /**
     * Adds what must hold too.
     *
     * @param other another matcher
     * @return a matcher of the requests that both match
     */
    public RequestMatcher and(RequestMatcher other) {
        return new RequestMatcher(
                Stream.concat(conditions.stream(), other.conditions.stream()).toList());
    }

    boolean matches(LlmRequest request) {
        return conditions.stream().allMatch(condition -> condition.holds.test(request));
    }

    /** Returns how many of the conditions hold. */
    long agreement(LlmRequest request) {
        return conditions.stream()
                .filter(condition -> condition.holds.test(request))
                .count();
    }

    /** Sets a request and this matcher side by side, a line for each condition. */
    List<Difference> compare(LlmRequest request) {
        return conditions.stream()
                .map(condition -> new Difference(
                        condition.subject,
                        shortened(condition.actual.apply(request)),
                        condition.expected,
                        condition.holds.test(request)))
                .toList();
    }

    private static String shortened(String text) {
        String line = text.replace("\n", "\\n").replace("\r", "\\r");
        return line.length() <= LONGEST_ACTUAL ? line : line.substring(0, LONGEST_ACTUAL) + "...";
    }

    /**
     * One line of a comparison.
     *
     * @param subject what is compared
     * @param actual what the request has
     * @param expected what the matcher wants
     * @param agrees whether it has what is wanted
     */
    record Difference(String subject, String actual, String expected, boolean agrees) {}

    /** Lists the conditions. */
    @Override
    public String toString() {
        return conditions.stream()
                .map(condition -> condition.subject + " " + condition.expected)
                .collect(Collectors.joining(" and "));
    }
}
