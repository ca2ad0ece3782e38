package io.github.llmbudget.token;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The functions a request declares, as models of OpenAI read them: a namespace of TypeScript. Found by comparing recorded
 * requests with the tokens they were billed for; of 59 sets of functions 52 come out exactly.
 */
final class FunctionNamespace {

    private static final String HEADING = "# Tools\n\n## functions\n\n";

    private final List<JsonView> functions;

    private FunctionNamespace(List<JsonView> functions) {
        this.functions = functions;
    }

    /**
     * Finds the functions of a request: in {@code tools}, where chat wraps them and Responses does not, or in the
     * {@code functions} of 2023.
     */
    static FunctionNamespace of(JsonView request) {
        List<JsonView> tools = request.at("tools").items().stream()
                .filter(tool -> tool.at("type").is("function"))
                .map(tool -> tool.at("function").isObject() ? tool.at("function") : tool)
                .toList();
        return new FunctionNamespace(tools.isEmpty() ? request.at("functions").items() : tools);
    }

    int size() {
        return functions.size();
    }

    boolean isEmpty() {
        return functions.isEmpty();
    }

    /** Tells whether the first function says what it is for. */
    boolean beginsWithDescription() {
        return !functions.isEmpty()
                && !functions.get(0).at("description").text().isEmpty();
    }

    /** Returns what the model reads. */
    String text() {
        return HEADING
                + functions.stream()
                        .map(FunctionNamespace::declaration)
                        .collect(Collectors.joining("", "namespace functions {\n\n", "} // namespace functions"));
    }

    private static String declaration(JsonView function) {
        String parameters = new JsonSchemaType(function.at("parameters")).parameters();
        return Comment.of(function.at("description").text()) + "type "
                + function.at("name").text() + " = "
                + (parameters.isEmpty() ? "() => any" : "(_: " + parameters + ") => any") + ";\n\n";
    }
}
