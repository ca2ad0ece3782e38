package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionNamespaceTests {

    @Test
    void declaresFunctionsOneAfterTheOther() {
        assertThat(FunctionNamespace.of(json("""
                        {"tools":[
                          {"type":"function","function":{"name":"now"}},
                          {"type":"web_search"},
                          {"type":"function","function":{
                            "name":"find_order","description":"Finds  an order.\\n\\n  By its number.  ",
                            "parameters":{
                              "type":"object","title":"FindOrder","description":"What to find",
                              "properties":{
                                "number":{"type":"string","title":"Number","description":"As on the receipt",
                                          "examples":["4711", 7]},
                                "year":{"type":"integer","default":2026},
                                "note":{"type":"string","default":null}},
                              "required":["number"]}}}]}
                        """)).text()).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type now = () => any;

                        // Finds an order.
                        //
                        // By its number.
                        type find_order = (_: {
                        // FindOrder
                        // What to find
                        // Number
                        // As on the receipt
                        // Examples:
                        // - "4711"
                        // - 7
                        number: string,
                        year?: number, // default: 2026
                        note?: string, // default: null
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void declaresTheFunctionsOfResponsesAndThoseOf2023() {
        String expected = FunctionNamespace.of(json(
                        "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"x\"}}]}"))
                .text();

        assertThat(FunctionNamespace.of(
                                json("{\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"x\"}]}"))
                        .text())
                .isEqualTo(expected);
        assertThat(FunctionNamespace.of(json("{\"functions\":[{\"name\":\"f\",\"description\":\"x\"}]}"))
                        .text())
                .isEqualTo(expected);
        assertThat(FunctionNamespace.of(json("{}")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    {"type":"string"} ~ string
                    {"type":"integer","minimum":1} ~ number
                    {"type":"number"} ~ number
                    {"type":"boolean"} ~ boolean
                    {"type":"null"} ~ null
                    {} ~ any
                    {"type":"whatever"} ~ any
                    {"enum":["a","b",1]} ~ "a" | "b" | 1
                    {"const":"a"} ~ "a"
                    {"type":["string","null"]} ~ string | null
                    {"anyOf":[{"type":"string"},{"type":"null"}]} ~ string | null
                    {"oneOf":[{"type":"string"},{"type":"integer"}]} ~ string | number
                    {"allOf":[{"type":"string"}]} ~ string
                    {"type":"array"} ~ any[]
                    {"type":"array","items":{"type":"string"}} ~ string[]
                    {"type":"array","items":{"type":["string","null"]}} ~ Array<string | null>
                    {"type":"array","items":{"type":"array","items":{"type":"integer"}}} ~ number[][]
                    {"type":"object"} ~ object
                    {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"null"}},"required":["a"]} ~ { a: string, b?: null }
                    {"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}} ~ Array<{ a?: string }>
                    {"$ref":"#/$defs/Step"} ~ { text?: string }
                    {"$ref":"#/definitions/Old"} ~ boolean
                    {"$ref":"#/$defs/Nowhere"} ~ any
                    {"$ref":"https://example.com/schema"} ~ any
                    """)
    void writesTypes(String schema, String type) {
        String parameters = "{\"properties\":{\"x\":" + schema + "},\"required\":[\"x\"],"
                + "\"$defs\":{\"Step\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}},"
                + "\"definitions\":{\"Old\":{\"type\":\"boolean\"}}}";

        assertThat(new JsonSchemaType(json(parameters)).parameters()).isEqualTo("{ x: " + type + " }");
    }

    @Test
    void writesNestedCommentsWithoutIndentation() {
        assertThat(new JsonSchemaType(json("""
                        {"properties":{
                          "steps":{"type":"array","items":{
                            "type":"object","properties":{"text":{"type":"string","description":"What to do"}}}},
                          "names":{"type":"array","description":"All of them","items":{"type":"string","description":"One"}}}}
                        """)).parameters()).isEqualTo("""
                        {
                        steps?: Array<{
                        // What to do
                        text?: string,
                        }>,
                        // All of them
                        names?: Array<
                        // One
                        string
                        >,
                        }""");
    }

    @Test
    void endsASchemaThatRefersToItself() {
        assertThat(new JsonSchemaType(json("""
                        {"properties":{"tree":{"$ref":"#/$defs/Node"},"other":{"$ref":"#/$defs/Node"}},
                         "$defs":{"Node":{"type":"object","properties":{
                           "left":{"$ref":"#/$defs/Node"},"right":{"$ref":"#/$defs/Node"}}}}}
                        """)).parameters())
                .isEqualTo("{ tree?: { left?: any, right?: any }, other?: { left?: any, right?: any } }");
    }

    private static JsonView json(String text) {
        return new JsonView(JsonParser.parseString(text));
    }
}
