package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of an answer stand: a tree of JSON keys, with {@code []} for the elements of an array. Not changed any
 * more once an answer is read with it.
 */
final class FieldPaths {

    /** The step from an array to its elements. */
    static final String ELEMENT = "[]";

    private static final int SLOTS = 64;

    private final byte[] key;
    private final @Nullable FieldPaths[] children = new FieldPaths[SLOTS];
    private @Nullable FieldPaths sibling;
    private @Nullable FieldPaths element;
    private @Nullable AnswerField field;
    private @Nullable String label;
    private boolean leaf = true;

    FieldPaths() {
        this("");
    }

    private FieldPaths(String key) {
        this.key = key.getBytes(UTF_8);
    }

    /**
     * Adds a path.
     *
     * @param path keys separated by dots, such as {@code choices.[].delta.content}
     * @param what what stands there
     * @param name tells apart several paths of the same field
     */
    void add(String path, AnswerField what, @Nullable String name) {
        FieldPaths at = this;
        for (String step : path.split("\\.", -1)) {
            at = at.step(step);
        }
        at.field = what;
        at.label = name;
    }

    private FieldPaths step(String step) {
        leaf = false;
        if (step.equals(ELEMENT)) {
            FieldPaths known = element;
            element = known == null ? new FieldPaths(step) : known;
            return element;
        }
        byte[] name = step.getBytes(UTF_8);
        FieldPaths known = child(name, 0, name.length);
        if (known != null) {
            return known;
        }
        FieldPaths added = new FieldPaths(step);
        int slot = slotOf(name, 0, name.length);
        added.sibling = children[slot];
        children[slot] = added;
        return added;
    }

    /** Finds the child whose key stands in the bytes. */
    @Nullable
    FieldPaths child(byte[] bytes, int offset, int length) {
        FieldPaths child = children[slotOf(bytes, offset, length)];
        while (child != null && !Arrays.equals(child.key, 0, child.key.length, bytes, offset, offset + length)) {
            child = child.sibling;
        }
        return child;
    }

    /** Spreads keys by what is cheap to look at; that most keys nobody asks for meet an empty slot is what counts. */
    private static int slotOf(byte[] bytes, int offset, int length) {
        return length == 0 ? 0 : (5 * length + 3 * bytes[offset] + bytes[offset + length - 1]) & (SLOTS - 1);
    }

    /** Returns what the elements are, if this is an array. */
    @Nullable
    FieldPaths element() {
        return element;
    }

    @Nullable
    AnswerField field() {
        return field;
    }

    /** Returns the name given with the path. */
    String label() {
        return label == null ? key() : label;
    }

    /** Returns the JSON key that leads here. */
    String key() {
        return new String(key, UTF_8);
    }

    boolean isLeaf() {
        return leaf;
    }
}
