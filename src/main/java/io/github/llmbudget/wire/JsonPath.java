package io.github.llmbudget.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.llmbudget.config.ConfigurationException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A place, or many, in a JSON text, such as {@code $.messages[0].content}: {@code .name} and {@code ['name']} step into a
 * member, {@code [0]} into an element ({@code [-1]} is the last), {@code .*} and {@code [*]} into all of them, and
 * {@code ..name} into every member of that name, however deep. A part of RFC 9535; filters, slices and lists of names are
 * not read.
 *
 * <p>Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JsonPath {

    /** What an operation on a place answers to have it taken out. */
    private static final @Nullable JsonElement GONE = null;

    private final String text;
    private final List<Step> steps;

    private JsonPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /**
     * Reads a path.
     *
     * @param text the path, such as {@code $.messages[*].content}
     * @return the path
     * @throws ConfigurationException if it is none, or uses what is not read here
     */
    public static JsonPath of(String text) {
        return new JsonPath(text, new JsonPathText(text).steps());
    }

    /**
     * Finds what is at this path.
     *
     * @param root where {@code $} is; not changed
     * @return the values, in the order of the text; empty if there is none
     */
    public List<JsonElement> find(JsonElement root) {
        List<JsonElement> found = new ArrayList<>();
        find(root, 0, found::add);
        return found;
    }

    /**
     * Replaces what is at this path. Where one place is within another, the inner one comes first.
     *
     * @param root where {@code $} is; changed in place
     * @param change gives each value's replacement
     * @return the root, which is another one only if the path is {@code $} itself
     */
    public JsonElement replace(JsonElement root, UnaryOperator<JsonElement> change) {
        JsonElement changed = change(root, 0, change::apply);
        return changed == null ? root : changed;
    }

    /**
     * Removes what is at this path. The root itself cannot be removed, and stays.
     *
     * @param root where {@code $} is; changed in place
     */
    public void remove(JsonElement root) {
        if (!steps.isEmpty()) {
            change(root, 0, value -> GONE);
        }
    }

    private void find(JsonElement at, int index, Consumer<JsonElement> found) {
        if (index == steps.size()) {
            found.accept(at);
            return;
        }
        Step step = steps.get(index);
        if (at instanceof JsonObject object) {
            if (step.name != null) {
                JsonElement member = object.get(step.name);
                if (member != null) {
                    find(member, index + 1, found);
                }
            } else if (step.isAny()) {
                object.asMap().values().forEach(member -> find(member, index + 1, found));
            }
            if (step.deep) {
                object.asMap().values().forEach(member -> find(member, index, found));
            }
        } else if (at instanceof JsonArray array) {
            if (step.isAny()) {
                array.forEach(element -> find(element, index + 1, found));
            } else if (step.position != null) {
                int position = step.positionIn(array);
                if (position >= 0) {
                    find(array.get(position), index + 1, found);
                }
            }
            if (step.deep) {
                array.forEach(element -> find(element, index, found));
            }
        }
    }

    /** Returns what comes to where {@code at} is: the same, a replacement, or nothing. */
    private @Nullable JsonElement change(JsonElement at, int index, Change change) {
        if (index == steps.size()) {
            return change.apply(at);
        }
        Step step = steps.get(index);
        if (at instanceof JsonObject object) {
            changeMembers(object, index, step, change);
        } else if (at instanceof JsonArray array) {
            changeElements(array, index, step, change);
        }
        return at;
    }

    private void changeMembers(JsonObject object, int index, Step step, Change change) {
        if (!step.deep && !step.isAny()) {
            // The common case, without a look at the other members.
            JsonElement member = step.name == null ? null : object.get(step.name);
            if (member != null) {
                JsonElement changed = change(member, index + 1, change);
                if (changed == null) {
                    object.remove(step.name);
                } else if (changed != member) {
                    object.add(step.name, changed);
                }
            }
            return;
        }
        Iterator<Map.Entry<String, JsonElement>> members = object.entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonElement> member = members.next();
            JsonElement value = member.getValue();
            if (step.deep) {
                change(value, index, change);
            }
            if (step.isAny() || member.getKey().equals(step.name)) {
                JsonElement changed = change(value, index + 1, change);
                if (changed == null) {
                    members.remove();
                } else if (changed != value) {
                    member.setValue(changed);
                }
            }
        }
    }

    private void changeElements(JsonArray array, int index, Step step, Change change) {
        int position = step.position == null ? -1 : step.positionIn(array);
        // From the end, so that a removed element does not move those still to come.
        for (int i = array.size() - 1; i >= 0; i--) {
            JsonElement value = array.get(i);
            if (step.deep) {
                change(value, index, change);
            }
            if (step.isAny() || i == position) {
                JsonElement changed = change(value, index + 1, change);
                if (changed == null) {
                    array.remove(i);
                } else if (changed != value) {
                    array.set(i, changed);
                }
            }
        }
    }

    /** Returns the path as it was written. */
    @Override
    public String toString() {
        return text;
    }

    @FunctionalInterface
    private interface Change {
        @Nullable
        JsonElement apply(JsonElement value);
    }

    /** One step: into a member of a name, into an element at a position, or, with neither, into all of them. */
    record Step(
            boolean deep, @Nullable String name, @Nullable Integer position) {

        boolean isAny() {
            return name == null && position == null;
        }

        int positionIn(JsonArray array) {
            int wanted = position == null ? -1 : position;
            int counted = wanted < 0 ? array.size() + wanted : wanted;
            return counted < array.size() ? counted : -1;
        }
    }
}
