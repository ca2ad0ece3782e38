package io.github.llmbudget.token;

/**
 * What a request declares beside its messages: functions, and the schema of the answer. Models that answer at once read
 * it at the end of the first system message, or in one of its own; models that reason read it apart.
 */
final class Declarations {

    private static final int FUNCTIONS_OF_REASONING = 3;
    private static final int FUNCTIONS_WITHOUT_DESCRIPTION = -1;

    private static final String BETWEEN = "\n\n";

    private final FunctionNamespace functions;
    private final String format;

    /**
     * Finds what a request declares.
     *
     * @param request the body of the request
     */
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

    int functionCount() {
        return functions.size();
    }

    String functionsText() {
        return functions.isEmpty() ? "" : functions.text();
    }

    String formatText() {
        return format;
    }

    /** Adds the functions as models that reason read them. */
    void addFunctionsApart(Tally tally) {
        if (hasFunctions()) {
            tally.rendered(functionsText());
            tally.likely(FUNCTIONS_OF_REASONING);
            tally.likely(functions.beginsWithDescription() ? 0 : FUNCTIONS_WITHOUT_DESCRIPTION);
        }
    }

    /** Returns everything as one text. */
    String text() {
        return functions.isEmpty() || format.isEmpty() ? functionsText() + format : functionsText() + BETWEEN + format;
    }
}
