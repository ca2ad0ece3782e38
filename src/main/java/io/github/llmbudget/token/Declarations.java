package io.github.llmbudget.token;

/**
 * What a request declares beside its messages: functions, and the schema of the answer. Models that answer at once read
 * it at the end of the first system message, or in one of its own; models that reason read it apart.
 */
final class Declarations {

    /** Between the text of the system message and what follows. */
    private static final String BETWEEN = "\n\n";

    private final FunctionNamespace functions;
    private final String format;

    Declarations(JsonView request) {
        this.functions = FunctionNamespace.of(request);
        this.format = ResponseFormatText.of(request);
    }

    boolean hasFunctions() {
        return !functions.isEmpty();
    }

    boolean hasFormat() {
        return !format.isEmpty();
    }

    boolean isEmpty() {
        return functions.isEmpty() && format.isEmpty();
    }

    int functionCount() {
        return functions.size();
    }

    boolean beginsWithDescription() {
        return functions.beginsWithDescription();
    }

    String functionsText() {
        return functions.isEmpty() ? "" : functions.text();
    }

    String formatText() {
        return format;
    }

    /** Returns everything as one text. */
    String text() {
        return functions.isEmpty() || format.isEmpty() ? functionsText() + format : functionsText() + BETWEEN + format;
    }

    /** Returns a system message's text with the functions behind it. */
    String functionsBehind(String systemText) {
        return systemText + BETWEEN + functionsText();
    }

    /** Returns a system message's text with everything behind it. */
    String behind(String systemText) {
        return systemText + BETWEEN + text();
    }
}
