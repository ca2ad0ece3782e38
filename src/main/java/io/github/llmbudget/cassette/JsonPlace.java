package io.github.llmbudget.cassette;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The place in a JSON text at which a reader is, such as {@code $.exchanges[2].answer}. */
final class JsonPlace {

    private final List<Object> steps = new ArrayList<>();

    void member(String name) {
        steps.add(name);
    }

    void element(int index) {
        steps.add(index);
    }

    void leave() {
        steps.remove(steps.size() - 1);
    }

    static String step(String name) {
        return name.matches("[\\w$-]+")
                ? "." + name
                : "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    @Override
    public String toString() {
        return steps.stream()
                .map(step -> step instanceof Integer ? "[" + step + "]" : step(String.valueOf(step)))
                .collect(Collectors.joining("", "$", ""));
    }
}
