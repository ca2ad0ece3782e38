package io.github.llmbudget.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTests {

    private static final String TEXT = """
            {"model":"m","messages":[{"role":"user","id":1,"content":"a"},{"role":"tool","content":[{"id":2}]}],
             "odd name":{"it's":true},"id":3,"a":{"a":{"a":null}},"$schema":"s","x-y":0,"größe":1,"":4}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.model | \"m\"",
                "$['model'] | \"m\"",
                "$[\"model\"] | \"m\"",
                "$.messages[0].content | \"a\"",
                "$.messages[-1].role | \"tool\"",
                "$.messages[*].role | \"user\" \"tool\"",
                "$.messages.*.role | \"user\" \"tool\"",
                "$.messages[1].content[0].id | 2",
                "$..id | 3 1 2",
                "$.messages..id | 1 2",
                "$..content[0].id | 2",
                "$..['id'] | 3 1 2",
                "$.a.* | {\"a\":null}",
                "$..a | {\"a\":{\"a\":null}} {\"a\":null} null",
                "$['odd name']['it\\'s'] | true",
                "$.$schema | \"s\"",
                "$.x-y | 0",
                "$.größe | 1",
                "$[''] | 4",
                "$.messages[2] | ``",
                "$.messages[-3] | ``",
                "$.messages.role | ``",
                "$.model.name | ``",
                "$.model[0] | ``",
                "$.nothing | ``",
                "$[0] | ``",
            })
    void findsValues(String path, String found) {
        assertThat(JsonPath.of(path).find(json()).stream()
                        .map(JsonElement::toString)
                        .reduce((one, other) -> one + " " + other)
                        .orElse(""))
                .isEqualTo(found);
    }

    @Test
    void findsTheRoot() {
        JsonElement root = json();
        assertThat(JsonPath.of("$").find(root)).containsExactly(root);
    }

    @Test
    void findsAllValuesHoweverDeep() {
        assertThat(JsonPath.of("$..*").find(JsonParser.parseString("{\"a\":[1,{\"b\":2}]}")))
                .hasSize(4);
        assertThat(JsonPath.of("$..[0]").find(JsonParser.parseString("[[1,2],[3]]")))
                .hasToString("[[1,2], 1, 3]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.a | {\"a\":\"-\",\"b\":[1,2,{\"a\":{\"a\":4}}]}",
                "$..a | {\"a\":\"-\",\"b\":[1,2,{\"a\":\"-\"}]}",
                "$.b[1] | {\"a\":{\"c\":3},\"b\":[1,\"-\",{\"a\":{\"a\":4}}]}",
                "$.b[*] | {\"a\":{\"c\":3},\"b\":[\"-\",\"-\",\"-\"]}",
                "$.* | {\"a\":\"-\",\"b\":\"-\"}",
                "$.b[2].a.a | {\"a\":{\"c\":3},\"b\":[1,2,{\"a\":{\"a\":\"-\"}}]}",
                "$.d | {\"a\":{\"c\":3},\"b\":[1,2,{\"a\":{\"a\":4}}]}",
                "$ | \"-\"",
            })
    void replacesValuesWhereTheyStand(String path, String expected) {
        JsonElement root = JsonParser.parseString("{\"a\":{\"c\":3},\"b\":[1,2,{\"a\":{\"a\":4}}]}");
        assertThat(JsonPath.of(path).replace(root, value -> new JsonPrimitive("-")))
                .hasToString(expected);
    }

    @Test
    void replacesTheInnerOfTwoValuesFirst() {
        JsonElement root = JsonParser.parseString("{\"a\":{\"a\":1}}");
        JsonPath.of("$..a").replace(root, value -> new JsonPrimitive("<" + value + ">"));
        assertThat(root).hasToString("{\"a\":\"<{\\\"a\\\":\\\"<1>\\\"}>\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.a | {\"b\":[1,2,{\"a\":{\"a\":4}}]}",
                "$..a | {\"b\":[1,2,{}]}",
                "$.b[0] | {\"a\":{\"c\":3},\"b\":[2,{\"a\":{\"a\":4}}]}",
                "$.b[*] | {\"a\":{\"c\":3},\"b\":[]}",
                "$.* | {}",
                "$..* | {}",
                "$.b[2].a.a | {\"a\":{\"c\":3},\"b\":[1,2,{\"a\":{}}]}",
                "$ | {\"a\":{\"c\":3},\"b\":[1,2,{\"a\":{\"a\":4}}]}",
            })
    void removesValuesButTheRoot(String path, String expected) {
        JsonElement root = JsonParser.parseString("{\"a\":{\"c\":3},\"b\":[1,2,{\"a\":{\"a\":4}}]}");
        JsonPath.of(path).remove(root);
        assertThat(root).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "messages[0] | write $.messages[0]",
                "[0] | write $[0]",
                ".a | write $.a",
                "`` | begins with $",
                "$. | a name must follow",
                "$.. | a name must follow",
                "$a | a step begins with . or [",
                "$...a | write ['name']",
                "$.a b | a step begins with . or [",
                "$.['a'] | without a dot",
                "$['a | is not closed",
                "$['a' | is closed",
                "$['a','b'] | lists are not read",
                "$[0:2] | slices",
                "$[?(@.a)] | filters",
                "$[] | one of ['name']",
                "$[1-2] | one of ['name']",
                "$[99999999999] | one of ['name']",
            })
    void saysWhatIsWrongWithAPath(String path, String why) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> JsonPath.of(path))
                .withMessageContaining("'" + path + "'")
                .withMessageContaining(why)
                .withMessageContaining("$.messages[0].content");
    }

    @Test
    void isPrintedAsItWasWritten() {
        assertThat(JsonPath.of("$..['a']")).hasToString("$..['a']");
    }

    private static JsonElement json() {
        return JsonParser.parseString(TEXT);
    }
}
