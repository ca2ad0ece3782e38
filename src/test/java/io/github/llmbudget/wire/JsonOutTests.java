package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JsonOutTests {

    @Test
    void writesObjectsAndArrays() throws IOException {
        assertThat(written(out -> {
                    out.beginObject();
                    out.name("none").beginArray().endArray();
                    out.name("two").beginArray().value(1).value("b").endArray();
                    out.name("yes").value(true);
                    out.name("raw").json("{\"a\":[\"\u00e9\"]}");
                    out.endObject();
                }))
                .isEqualTo("{\"none\":[],\"two\":[1,\"b\"],\"yes\":true,\"raw\":{\"a\":[\"\u00e9\"]}}");
    }

    @Test
    void putsElementsOnLinesOfTheirOwn() throws IOException {
        assertThat(written(out -> {
                    out.beginObject();
                    out.newLine(1).name("a").beginArray();
                    out.newLine(2).value(1);
                    out.newLine(2).value(2);
                    out.lastLine(1).endArray();
                    out.lastLine(0).endObject();
                }))
                .isEqualTo("{\n  \"a\": [\n    1,\n    2\n  ]\n}".replace(": [", ":["));
    }

    @Property
    void writesTextsThatAParserReadsBack(@ForAll String text, @ForAll @IntRange(min = 16, max = 40) int size)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonOut out = new JsonOut(bytes, size)) {
            out.value(text + "\u2028\uD83D\uDE00\u0000\"\\/");
        }

        String json = bytes.toString(UTF_8);
        assertThat(JsonParser.parseString(json).getAsString()).isEqualTo(text + "\u2028\uD83D\uDE00\u0000\"\\/");
        assertThat(json).doesNotContain("\u2028", "\u0000");
    }

    private static String written(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonOut out = new JsonOut(bytes, 64)) {
            content.write(out);
        }
        return bytes.toString(UTF_8);
    }

    private interface Content {
        void write(JsonOut out) throws IOException;
    }
}
