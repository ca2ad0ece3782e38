package io.github.llmbudget.token;

import java.util.stream.Collectors;

/** A description as a comment of the declarations that models of OpenAI read. */
final class Comment {

    private Comment() {}

    /** Returns a comment line for each line of the text, without superfluous blanks; nothing for no text. */
    static String of(String text) {
        return text.lines()
                .map(line -> ("// " + line.strip().replaceAll(" {2,}", " ")).strip() + "\n")
                .collect(Collectors.joining());
    }
}
