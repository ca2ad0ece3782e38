package io.github.llmbudget.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that many calls have in common, such as the names of models: each is kept once, and written as its number. Texts
 * that are long, and those that come when there are many already, are written in full, for they are likely to differ from
 * call to call.
 */
final class SharedTexts {

    private static final int LONGEST = 200;
    private static final int MOST = 500;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    void write(String text, PackedWriter out) {
        Integer number = numbers.get(text);
        if (number == null && text.length() <= LONGEST && texts.size() < MOST) {
            texts.add(text);
            number = texts.size();
            numbers.put(text, number);
        }
        if (number == null) {
            out.number(0);
            out.text(text);
        } else {
            out.number(number);
        }
    }

    String read(PackedReader in) {
        int number = (int) in.number();
        return number == 0 ? in.text() : texts.get(number - 1);
    }
}
