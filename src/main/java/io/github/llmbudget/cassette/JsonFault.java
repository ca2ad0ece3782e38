package io.github.llmbudget.cassette;

/** Says that a text is not JSON, or not the JSON that is expected, and where. */
final class JsonFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    JsonFault(int position, String message) {
        // The place in the text matters, not the one in the program; and bodies that are no JSON are common.
        super(message, null, false, false);
        this.position = position;
    }

    int position() {
        return position;
    }
}
