package io.github.llmbudget.wire;

/** Makes a tree of every event. */
final class TreePerEvent extends EventSearch {

    @Override
    void searchEvent(String json) {
        UsageTree.countsIn(json).ifPresent(this::found);
    }
}
