package io.github.llmbudget.wire;

import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.wire.JsonPath.Step;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link JsonPath}. */
final class JsonPathText {

    /** What ends a name that is written without quotes. */
    private static final String NOT_IN_NAMES = ".[]()'\"*?@,:=<> \t\r\n";

    private final String text;
    private int at;

    JsonPathText(String text) {
        this.text = text;
    }

    List<Step> steps() {
        if (!text.startsWith("$")) {
            String remedy = text.startsWith("[") || text.startsWith(".") ? "$" + text : "$." + text;
            throw wrong("a path begins with $: write " + remedy);
        }
        at = 1;
        List<Step> steps = new ArrayList<>();
        while (at < text.length()) {
            steps.add(step());
        }
        return List.copyOf(steps);
    }

    private Step step() {
        boolean deep = text.startsWith("..", at);
        if (deep) {
            at += 2;
        } else if (text.charAt(at) == '.') {
            at++;
        } else if (text.charAt(at) != '[') {
            throw wrong("a step begins with . or [, which '" + text.substring(at) + "' does not");
        }
        if (at == text.length()) {
            throw wrong("a name must follow the last dot");
        }
        if (text.charAt(at) == '[') {
            if (!deep && text.charAt(at - 1) == '.') {
                throw wrong("a bracket follows without a dot: take it out");
            }
            return bracket(deep);
        }
        if (text.charAt(at) == '*') {
            at++;
            return new Step(deep, null, null);
        }
        int from = at;
        while (at < text.length() && NOT_IN_NAMES.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (from == at) {
            throw wrong("'" + text.charAt(at) + "' is in no name that is written without quotes: write ['name']");
        }
        return new Step(deep, text.substring(from, at), null);
    }

    private Step bracket(boolean deep) {
        at++;
        Step step;
        if (at < text.length() && text.charAt(at) == '*') {
            at++;
            step = new Step(deep, null, null);
        } else if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            step = new Step(deep, quoted(), null);
        } else {
            step = new Step(deep, null, position());
        }
        if (at == text.length() || text.charAt(at) != ']') {
            throw wrong(
                    "a bracket holds one of ['name'], [0], [*], and is closed; filters, slices and lists are not read");
        }
        at++;
        return step;
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw wrong("the quote " + quote + " is not closed");
        }
        at++;
        return name.toString();
    }

    private int position() {
        int from = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        String digits = text.substring(from, at);
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw wrong("a bracket holds one of ['name'], [0], [*]; filters, slices and lists are not read", e);
        }
    }

    private ConfigurationException wrong(String why) {
        return new ConfigurationException(message(why));
    }

    private ConfigurationException wrong(String why, Throwable cause) {
        return new ConfigurationException(message(why), cause);
    }

    private String message(String why) {
        return "The JSON path '" + text + "' cannot be read: " + why
                + ". Paths are such as $.messages[0].content, $.tools[*].id, $..timestamp.";
    }
}
