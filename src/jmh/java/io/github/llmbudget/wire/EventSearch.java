package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads the JSON text of every event. */
abstract class EventSearch extends UsageSearch {

    static final String DATA = "data: ";

    abstract void searchEvent(String json);

    @Override
    final void searchLines(byte[] bytes, int from, int to) {
        for (int start = from; start < to; ) {
            int end = afterLine(bytes, start, to);
            int json = start + DATA.length();
            // Neither the empty line after an event nor the end mark holds a JSON object.
            if (json < end && bytes[json] == '{') {
                searchEvent(new String(bytes, json, end - json, UTF_8));
            }
            start = end;
        }
    }
}
