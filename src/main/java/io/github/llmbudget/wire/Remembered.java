package io.github.llmbudget.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * What was found out about a text, such as a path or a host: a run meets few of them, and each again and again. Of more
 * than a run should meet, nothing is remembered. Safe for use by many threads.
 *
 * @param <T> what is found out
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Remembered<T> {

    private static final int MOST = 512;

    private final Function<String, T> find;
    private final Map<String, T> found = new ConcurrentHashMap<>();

    /**
     * Creates an empty memory.
     *
     * @param find finds out about a text; the same text always has the same result
     */
    public Remembered(Function<String, T> find) {
        this.find = find;
    }

    /**
     * Finds out about a text, or remembers.
     *
     * @param text the text
     * @return what was found out
     */
    public T about(String text) {
        T known = found.get(text);
        if (known == null) {
            known = find.apply(text);
            if (found.size() < MOST) {
                found.put(text, known);
            }
        }
        return known;
    }
}
