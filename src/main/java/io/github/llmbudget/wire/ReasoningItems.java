package io.github.llmbudget.wire;

import java.util.ArrayList;
import java.util.List;

/** What names the reasoning in an answer, so that a later request that hands it back can be understood. */
final class ReasoningItems {

    private static final String REASONING = "reasoning";

    private final List<String> names = new ArrayList<>(0);

    // Of the item that is being read
    private final List<String> ofItem = new ArrayList<>(0);
    private boolean isReasoning;

    /** Forgets everything. */
    void clear() {
        names.clear();
        beginItem();
    }

    void beginItem() {
        ofItem.clear();
        isReasoning = false;
    }

    void itemType(JsonToken type) {
        isReasoning = type.is(REASONING);
    }

    /** Takes the id of the item, or its encrypted content. */
    void itemName(String name) {
        ofItem.add(name);
    }

    void endItem() {
        if (isReasoning) {
            names.addAll(ofItem);
        }
        beginItem();
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
