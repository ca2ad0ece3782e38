package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTests {

    private static final FieldPaths PATHS = paths(
            "model", AnswerField.MODEL,
            "usage", AnswerField.USAGE,
            "usage.input", AnswerField.INPUT,
            "usage.details.cached", AnswerField.CACHED_INPUT,
            "choices.[]", AnswerField.CHOICE,
            "choices.[].text", AnswerField.TEXT,
            "error", AnswerField.ERROR);

    private final List<String> found = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final JsonScanner scanner = new JsonScanner(PATHS, new JsonScanner.Listener() {
        @Override
        public void opened(FieldPaths at) {
            found.add("<" + at.field());
        }

        @Override
        public void value(FieldPaths at, JsonToken value) {
            found.add(at.field() + "=" + value.text());
        }

        @Override
        public void text(FieldPaths at, byte[] bytes, int offset, int length) {
            text.append(new String(bytes, offset, length, UTF_8));
        }

        @Override
        public void closed(FieldPaths at) {
            if (!text.isEmpty()) {
                found.add("TEXT=" + text);
                text.setLength(0);
            }
            found.add(at.field() + ">");
        }

        @Override
        public boolean marked() {
            return true;
        }

        @Override
        public void repeated() {
            found.add("as before");
        }

        @Override
        public void ended(boolean complete) {
            ended++;
        }
    });
    private int ended;

    private static FieldPaths paths(Object... pathsAndFields) {
        FieldPaths paths = new FieldPaths();
        for (int i = 0; i < pathsAndFields.length; i += 2) {
            paths.add((String) pathsAndFields[i], (AnswerField) pathsAndFields[i + 1], null);
        }
        return paths;
    }

    @Test
    void reportsTheFieldsItIsAskedForAndNothingElse() {
        assertThat(scan("""
                {"skipped":{"model":"not this","list":[{"usage":{"input":1}},"]}"]}, "model" : "gpt" ,
                 "usage":{"input":11,"other":{"input":12},"details":{"cached":4,"x":[]}},
                 "choices":[{"text":"a"},{"text":"b","model":"no"},7,"s",[{"text":"deeper"}]]}"""))
                .containsExactly(
                        "MODEL=gpt",
                        "<USAGE",
                        "INPUT=11",
                        "CACHED_INPUT=4",
                        "USAGE>",
                        "<CHOICE",
                        "TEXT=a",
                        "CHOICE>",
                        "<CHOICE",
                        "TEXT=b",
                        "CHOICE>",
                        "CHOICE=7",
                        "CHOICE=s");
        assertThat(scanner.isDone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0       | 0
                    -1.5e+3 | -1.5e+3
                    true    | true
                    false   | false
                    """)
    void reportsNumbersAndBooleansAsTheyAreWritten(String written, String value) {
        assertThat(scan("{\"model\":" + written + "}")).containsExactly("MODEL=" + value);
    }

    @Test
    void reportsNoNull() {
        assertThat(scan("{\"model\":null,\"usage\":null,\"error\": null }")).isEmpty();
    }

    @Test
    void tellsOfAFieldThatIsAnObjectThoughItsPartsAreNotAskedFor() {
        assertThat(scan("{\"error\":{\"message\":\"x\"},\"model\":\"m\"}")).containsExactly("<ERROR", "MODEL=m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0041",
                "\\\"",
                "\\\\",
                "\\/",
                "\\b\\f\\n\\r\\t",
                "\\uD83D\\uDE00",
                "\\u00e9 \u00e9 \uD83D\uDE00"
            })
    void decodesEscapesAsAnyJsonReaderDoes(String escaped) {
        String expected =
                com.google.gson.JsonParser.parseString("\"" + escaped + "\"").getAsString();

        assertThat(scan("{\"model\":\"" + escaped + "\"}")).containsExactly("MODEL=" + expected);
    }

    @Test
    void findsKeysThatAreWrittenWithEscapes() {
        assertThat(scan("{\"m\\u006fdel\":\"x\"}")).containsExactly("MODEL=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u12", "\\uZZZZ", "\\q", "\\u"})
    void readsOnAfterAnEscapeThatIsNone(String escaped) {
        assertThat(scan("{\"model\":\"" + escaped + "\",\"usage\":{\"input\":3}}"))
                .contains("INPUT=3");
    }

    @Test
    void skipsDeepNestingWithoutRunningOutOfStack() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(scan("{\"x\":" + deep + ",\"usage\":{\"y\":" + deep + ",\"input\":3},\"choices\":" + deep + "}"))
                .containsExactly("<USAGE", "INPUT=3", "USAGE>");
        assertThat(scanner.isDone()).isTrue();
    }

    @Test
    void beginsAnewAfterAReset() {
        scan("{\"model\":\"cut \\");
        scanner.reset();

        assertThat(scan("{\"usage\":{\"input\":3}}")).containsExactly("<USAGE", "INPUT=3", "USAGE>");
    }

    @Test
    void readsNothingAfterTheOutermostValue() {
        assertThat(scan("{\"model\":\"a\"}{\"model\":\"b\"}")).containsExactly("MODEL=a");
        assertThat(ended).isOne();
    }

    @Test
    void takesAnOutermostArrayAsOneTextAnElement() {
        assertThat(scan("[{\"model\":\"a\"}, 1, [{\"model\":\"no\"}],\n{\"model\":\"b\"}]"))
                .containsExactly("MODEL=a", "MODEL=b");
        assertThat(ended).isEqualTo(2);
        assertThat(scanner.isDone()).isTrue();
        assertThat(scanner.isOuterArray()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9, 1_000})
    void readsATextThatIsLaidOutForReaders(int size) {
        String laidOut = """
                {
                  "model" : "m",\r
                \t"more": [
                    null,
                    {
                                        "far": "right"
                    }
                  ],
                  "choices": [
                    {
                      "text": "a"
                    }
                  ],

                  "usage": {
                    "details": {
                      "cached": 12
                    },
                    "input":
                        34
                  }
                }
                """;
        byte[] bytes = laidOut.getBytes(UTF_8);

        for (int at = 0; at < bytes.length; at += size) {
            int to = Math.min(bytes.length, at + size);
            int end = scanner.acceptText(bytes, at, to);
            assertThat(end == to || scanner.isDone()).isTrue();
        }

        assertThat(found)
                .containsExactly(
                        "MODEL=m", "<CHOICE", "TEXT=a", "CHOICE>", "<USAGE", "CACHED_INPUT=12", "INPUT=34", "USAGE>");
        assertThat(scanner.isDone()).isTrue();
    }

    @Test
    void goesOnAtTheTextOfAnObjectThatBeginsAsTheOneBefore() {
        List<String> events = List.of(
                "{\"model\":\"m\",\"choices\":[{\"text\":\"a\"}]}",
                "{\"model\":\"m\",\"choices\":[{\"text\":\"b\"},{\"text\":\"c\"}],\"usage\":{\"input\":3}}",
                "{\"model\":\"n\",\"choices\":[{\"text\":\"d\"}]}");
        for (String event : events) {
            byte[] bytes = event.getBytes(UTF_8);
            assertThat(scanner.acceptLine(bytes, 0, bytes.length)).isEqualTo(bytes.length);
            scanner.reset();
        }

        assertThat(found)
                .containsExactly(
                        "MODEL=m",
                        "<CHOICE",
                        "TEXT=a",
                        "CHOICE>",
                        "as before",
                        "TEXT=b",
                        "CHOICE>",
                        "<CHOICE",
                        "TEXT=c",
                        "CHOICE>",
                        "<USAGE",
                        "INPUT=3",
                        "USAGE>",
                        "MODEL=n",
                        "<CHOICE",
                        "TEXT=d",
                        "CHOICE>");
        assertThat(ended).isEqualTo(3);
    }

    @Test
    void keepsNoMoreOfALongValueThanAnyFieldNeeds() {
        String model = "m".repeat(1_000_000);

        assertThat(scan("{\"model\":\"" + model + "\"}"))
                .singleElement()
                .asString()
                .hasSizeLessThan(5000);
    }

    @Property
    void reportsAnyTextUnchanged(@ForAll("texts") String text) {
        found.clear();
        scanner.reset();

        assertThat(scan("{\"model\":" + new JsonPrimitive(text) + "}")).containsExactly("MODEL=" + text);
    }

    @Property
    void reportsAnyTextUnchangedThoughEachLetterIsEscaped(@ForAll("texts") String text) {
        found.clear();
        scanner.reset();
        String escaped = text.chars()
                .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
                .collect(Collectors.joining());

        assertThat(scan("{\"model\":\"" + escaped + "\"}")).containsExactly("MODEL=" + text);
    }

    @Property
    void neverFailsWhateverTheBytesAre(@ForAll byte[] garbage) {
        scanner.reset();
        scan(garbage);
        scanner.reset();
        found.clear();

        assertThat(scan("{\"model\":\"m\"}")).containsExactly("MODEL=m");
    }

    @Property
    void neverFailsWhateverTheMixOfJsonSignsIs(@ForAll("signs") String garbage) {
        scanner.reset();
        scan(garbage);
        scanner.reset();
        found.clear();

        assertThat(scan("{\"model\":\"m\"}")).containsExactly("MODEL=m");
    }

    /** All characters but halves of surrogate pairs, which no UTF-8 text holds. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(30)
                .filter(text -> text.equals(new String(text.getBytes(UTF_8), UTF_8)));
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"",
                        "\\",
                        "\\u",
                        "null",
                        "1",
                        " ",
                        "\"usage\"",
                        "\"input\"",
                        "\"choices\"")
                .list()
                .ofMaxSize(60)
                .map(signs -> String.join("", signs));
    }

    private List<String> scan(String json) {
        return scan(json.getBytes(UTF_8));
    }

    private List<String> scan(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            scanner.acceptLine(bytes, i, i + 1);
        }
        return found;
    }
}
