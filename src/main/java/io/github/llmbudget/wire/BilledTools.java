package io.github.llmbudget.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;

/** How often the service ran tools that it bills by use: as it counts them, or as they show in the answer. */
final class BilledTools {

    static final String WEB_SEARCH = "web_search";

    /** Items of an answer that a service made itself and bills; calls of the caller's own tools are not among them. */
    private static final Map<String, String> BILLED_ITEMS = Map.of(
            "web_search_call", WEB_SEARCH,
            "x_search_call", "x_search",
            "file_search_call", "file_search",
            "code_interpreter_call", "code_interpreter",
            "image_generation_call", "image_generation",
            "mcp_call", "mcp",
            "shell_call", "shell");

    private final Map<String, Long> counted = new HashMap<>();
    private final Map<String, Long> shown = new HashMap<>();
    private final Map<String, Long> shownInText = new HashMap<>();

    /** The service counts the runs of a tool; a later count replaces an earlier one. */
    void counted(String tool, long runs) {
        counted.put(tool, runs);
    }

    /** An item stands in the answer. */
    void item(JsonToken type) {
        for (Entry<String, String> billed : BILLED_ITEMS.entrySet()) {
            if (type.is(billed.getKey())) {
                shown(billed.getValue());
            }
        }
    }

    /** A run of a tool shows in the answer. */
    void shown(String tool) {
        shownInText.merge(tool, 1L, Long::sum);
    }

    /** A JSON text is over: what shows in it replaces what showed before, for the last one has all. */
    void textEnded() {
        if (!shownInText.isEmpty()) {
            shown.clear();
            shown.putAll(shownInText);
            shownInText.clear();
        }
    }

    /** Returns the runs by tool. */
    Map<String, Long> runs() {
        Map<String, Long> runs = new HashMap<>(shown);
        counted.forEach((tool, count) -> runs.merge(tool, count, Math::max));
        runs.values().removeIf(count -> count == 0);
        return runs;
    }
}
