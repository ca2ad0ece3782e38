package io.github.llmbudget.wire;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How often the service ran tools that it bills by use: as it counts them, or as they show in the answer. */
final class BilledTools {

    static final String WEB_SEARCH = "web_search";
    static final String WEB_SEARCH_PREVIEW = "web_search_preview";

    /** Items of an answer that a service made itself and bills; calls of the caller's own tools are not among them. */
    private static final Map<String, String> BILLED_ITEMS = Map.of(
            "web_search_call", WEB_SEARCH,
            "x_search_call", "x_search",
            "file_search_call", "file_search",
            "code_interpreter_call", "code_interpreter",
            "image_generation_call", "image_generation",
            "mcp_call", "mcp",
            "shell_call", "shell");

    /** What a search in the web is billed for; it opens pages and looks into them for nothing. */
    private static final String BILLED_ACTION = "search";

    private final Map<String, Long> counted = new HashMap<>();
    private final Map<String, Long> shown = new HashMap<>();
    private final Map<String, Long> shownInText = new HashMap<>();
    private final Set<String> containersInText = new HashSet<>();

    // Of the item that is being read
    private @Nullable String tool;
    private @Nullable String container;
    private boolean billed;

    /** Forgets everything. */
    void clear() {
        counted.clear();
        shown.clear();
        shownInText.clear();
        containersInText.clear();
        beginItem();
    }

    /** The service counts the runs of a tool; a later count replaces an earlier one. */
    void counted(String tool, long runs) {
        counted.put(tool, runs);
    }

    void beginItem() {
        tool = null;
        container = null;
        billed = true;
    }

    void itemType(JsonToken type) {
        for (Entry<String, String> item : BILLED_ITEMS.entrySet()) {
            if (type.is(item.getKey())) {
                tool = item.getValue();
            }
        }
    }

    void itemAction(JsonToken action) {
        billed = action.is(BILLED_ACTION);
    }

    void itemContainer(String id) {
        container = id;
    }

    /** An item stands in the answer. */
    void endItem() {
        if (tool != null
                && (billed || !tool.equals(WEB_SEARCH))
                && (container == null || containersInText.add(container))) {
            shown(tool);
        }
        tool = null;
    }

    /** A run of a tool shows in the answer. */
    void shown(String tool) {
        shownInText.merge(tool, 1L, Long::sum);
    }

    /** A JSON text is over: what shows in it replaces what showed before, for the last one has all. */
    void textEnded() {
        endItem();
        if (!containersInText.isEmpty()) {
            containersInText.clear();
        }
        if (!shownInText.isEmpty()) {
            shown.clear();
            shown.putAll(shownInText);
            shownInText.clear();
        }
    }

    /** Returns the runs by tool. */
    Map<String, Long> runs() {
        if (shown.isEmpty() && counted.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> runs = new HashMap<>(shown);
        counted.forEach((tool, count) -> runs.merge(tool, count, Math::max));
        runs.values().removeIf(count -> count == 0);
        return runs;
    }
}
