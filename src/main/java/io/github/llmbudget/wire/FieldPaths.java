package io.github.llmbudget.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a format stand: a tree of JSON keys, with {@code []} for the elements of an array. Immutable once
 * built.
 */
final class FieldPaths {

    /** The step from an array to its elements. */
    static final String ELEMENT = "[]";

    private final Map<String, FieldPaths> children = new HashMap<>();
    private @Nullable Field field;

    /**
     * Adds a path.
     *
     * @param path keys separated by dots, such as {@code choices.[].delta.content}
     * @param field what stands there
     * @return this tree
     */
    FieldPaths with(String path, Field field) {
        FieldPaths node = this;
        for (String step : path.split("\\.", -1)) {
            node = node.children.computeIfAbsent(step, key -> new FieldPaths());
        }
        node.field = field;
        return this;
    }

    @Nullable
    FieldPaths child(String step) {
        return children.get(step);
    }

    @Nullable
    Field field() {
        return field;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }
}
