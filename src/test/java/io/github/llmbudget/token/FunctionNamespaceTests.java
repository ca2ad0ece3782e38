package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                    {"const":null} ~ null
                    {"enum":[]} ~ any
                    {"anyOf":[]} ~ any
                    {"type":[]} ~ any
                    {"type":["string","null"]} ~ string | null
                    {"anyOf":[{"type":"string"},{"type":"null"}]} ~ string | null
                    {"oneOf":[{"type":"string"},{"type":"integer"}]} ~ string | number
                    {"allOf":[{"type":"string"}]} ~ string
                    {"allOf":[{"type":["string","null"]},{"type":"string"}]} ~ (string | null) & string
                    {"type":"array","items":{"allOf":[{"type":"string"},{"type":"null"}]}} ~ Array<string & null>
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

    /** A definition that refers twice to the next, which does so again, would double the text with each. */
    @Test
    void writesNoEndlessTextForDefinitionsThatMultiply() {
        StringBuilder definitions = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String next = "{\"$ref\":\"#/$defs/D" + (i + 1) + "\"}";
            definitions.append("\"D%d\":{\"properties\":{\"a\":%s,\"b\":%s}},".formatted(i, next, next));
        }
        String schema = "{\"properties\":{\"x\":{\"$ref\":\"#/$defs/D0\"}},\"$defs\":{" + definitions
                + "\"D40\":{\"type\":\"string\"}}}";

        assertThat(new JsonSchemaType(json(schema)).parameters())
                .startsWith("{ x?: { a?: { a?: { a?: ")
                .contains("string")
                .hasSizeLessThan(2_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$ref\":\"#/$defs/D%d\"}", "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/D%d\"}}}"})
    void endsALongChainOfReferences(String definition) {
        StringBuilder definitions = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            definitions.append("\"D%d\":%s,".formatted(i, definition.formatted(i + 1)));
        }
        String schema = "{\"properties\":{\"x\":{\"$ref\":\"#/$defs/D0\"}},\"$defs\":{" + definitions
                + "\"D5000\":{\"type\":\"string\"}}}";

        assertThat(new JsonSchemaType(json(schema)).parameters()).contains("any");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"type\":\"object\"}",
                "{\"type\":\"object\",\"properties\":{},\"required\":[]}",
                "{\"type\":\"object\",\"properties\":{},\"title\":\"F\",\"description\":\"Nothing\"}",
                "{\"$ref\":\"#/$defs/Nowhere\"}",
                "[]",
                "\"any\""
            })
    void declaresAFunctionOfNothing(String parameters) {
        assertThat(declared(parameters)).isEqualTo("""
                # Tools

                ## functions

                namespace functions {

                type f = () => any;

                } // namespace functions""");
    }

    @Test
    void writesEachPropertyOnItsLineIfOneIsDescribed() {
        assertThat(declared("""
                        {"type":"object","properties":{
                           "location":{"type":"string","description":"The city, e.g. San Francisco"},
                           "unit":{"type":"string","enum":["celsius","fahrenheit"]},
                           "days":{"type":"integer","description":"How many","minimum":1,"maximum":9}},
                         "required":["location","days"],"additionalProperties":false}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: {
                        // The city, e.g. San Francisco
                        location: string,
                        unit?: "celsius" | "fahrenheit",
                        // How many
                        days: number,
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void writesPropertiesOnOneLineIfNoneIsDescribed() {
        assertThat(declared("""
                        {"type":"object","properties":{
                           "a":{"type":"string","format":"date","pattern":"x","minLength":1},
                           "b":{"type":"number","description":"","examples":[]}},
                         "required":["a"]}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: { a: string, b?: number }) => any;

                        } // namespace functions""");
    }

    @Test
    void writesObjectsWithinObjects() {
        assertThat(declared("""
                        {"type":"object","properties":{
                           "plain":{"type":"object","properties":{
                             "deep":{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"]}}},
                           "told":{"type":"object","description":"Where","properties":{
                             "street":{"type":"string","description":"With number"},
                             "city":{"type":"string"}},"required":["city"]},
                           "untyped":{"properties":{"y":{"type":"boolean"}}},
                           "free":{"type":"object","additionalProperties":{"type":"string"}}}}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: {
                        plain?: { deep?: { x: number } },
                        // Where
                        told?: {
                        // With number
                        street?: string,
                        city: string,
                        },
                        untyped?: { y?: boolean },
                        free?: object,
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void writesArrays() {
        assertThat(declared("""
                        {"type":"object","properties":{
                           "strings":{"type":"array","items":{"type":"string"},"minItems":1},
                           "objects":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}},
                           "enums":{"type":"array","items":{"type":"string","enum":["x","y"]}},
                           "unions":{"type":"array","items":{"anyOf":[{"type":"integer"},{"type":"null"}]}},
                           "single":{"type":"array","items":{"enum":["x"]}},
                           "anything":{"type":"array","items":{}},
                           "told":{"type":"array","description":"All","items":{
                             "type":"object","description":"One","properties":{"a":{"type":"string"}},"required":["a"]}}}}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: {
                        strings?: string[],
                        objects?: Array<{ a?: string }>,
                        enums?: Array<"x" | "y">,
                        unions?: Array<number | null>,
                        single?: "x"[],
                        anything?: any[],
                        // All
                        told?: Array<
                        // One
                        { a: string }
                        >,
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void writesValuesAndAlternatives() {
        assertThat(declared("""
                        {"type":"object","properties":{
                           "enum":{"type":"string","enum":["a","b \\"c\\"",1,1.5,true,null]},
                           "const":{"type":"string","const":"<fixed>"},
                           "integer":{"type":"integer"},
                           "list":{"type":["string","integer","null"]},
                           "either":{"anyOf":[{"type":"object","properties":{"a":{"type":"string"}}},{"type":"null"}]},
                           "items":{"type":["array","null"],"items":{"type":"string"}}},
                         "required":["enum","const","integer","list","either","items"]}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: { enum: "a" | "b \\"c\\"" | 1 | 1.5 | true | null, const: "<fixed>", integer: number, \
                        list: string | number | null, either: { a?: string } | null, items: string[] | null }) => any;

                        } // namespace functions""");
    }

    @Test
    void writesWhatIsReferredToInItsPlace() {
        assertThat(declared("""
                        {"type":"object","properties":{
                           "color":{"$ref":"#/$defs/Color","description":"Of the car"},
                           "colors":{"type":"array","items":{"$ref":"#/$defs/Color"}},
                           "owner":{"anyOf":[{"$ref":"#/definitions/Person"},{"type":"null"}]}},
                         "required":["color"],
                         "$defs":{"Color":{"type":"string","enum":["red","blue"]}},
                         "definitions":{"Person":{"type":"object","properties":{
                           "name":{"type":"string"},"car":{"$ref":"#/$defs/Color"}}}}}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: {
                        // Of the car
                        color: "red" | "blue",
                        colors?: Array<"red" | "blue">,
                        owner?: { name?: string, car?: "red" | "blue" } | null,
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void endsParametersThatReferToThemselvesAndEachOther() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertThat(declared("""
                        {"$ref":"#/$defs/Node","$defs":{
                           "Node":{"type":"object","properties":{
                             "next":{"anyOf":[{"$ref":"#/$defs/Node"},{"type":"null"}]},
                             "ping":{"$ref":"#/$defs/Ping"},
                             "self":{"$ref":"#/$defs/Self"}}},
                           "Ping":{"type":"object","properties":{"pong":{"$ref":"#/$defs/Pong"}}},
                           "Pong":{"type":"array","items":{"$ref":"#/$defs/Ping"}},
                           "Self":{"anyOf":[{"$ref":"#/$defs/Self"},{"type":"string"}]}}}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: { next?: { next?: any | null, ping?: { pong?: any[] }, self?: any | string } | null, \
                        ping?: { pong?: any[] }, self?: any | string }) => any;

                        } // namespace functions"""));
    }

    @Test
    void remarksDefaultsBehindTheirProperties() {
        assertThat(declared("""
                        {"type":"object","properties":{
                           "text":{"type":"string","default":"a \\"b\\" <c>"},
                           "nothing":{"type":["string","null"],"default":null},
                           "flag":{"type":"boolean","default":false},
                           "list":{"type":"array","items":{"type":"string"},"default":["a", "b"]},
                           "none":{"type":"integer"}}}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: {
                        text?: string, // default: "a \\"b\\" <c>"
                        nothing?: string | null, // default: null
                        flag?: boolean, // default: false
                        list?: string[], // default: ["a","b"]
                        none?: number,
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void listsExamplesBelowTheDescription() {
        assertThat(declared("""
                        {"type":"object","properties":{
                           "told":{"type":"string","title":"T","description":"D","examples":["a  b", null]},
                           "bare":{"type":"object","examples":[{"k": [1, 2]}]}}}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: {
                        // T
                        // D
                        // Examples:
                        // - "a  b"
                        // - null
                        told?: string,
                        // Examples:
                        // - {"k":[1,2]}
                        bare?: object,
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void writesWhatIsSaidOfAllParametersBeforeThem() {
        assertThat(declared("""
                        {"type":"object","title":"Search","description":"What to look for.\\nAll of it.","properties":{
                           "query":{"type":"string","title":"Query","description":"The words"},
                           "top":{"type":"integer","title":"Top"}}}
                        """)).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type f = (_: {
                        // Search
                        // What to look for.
                        // All of it.
                        // Query
                        // The words
                        query?: string,
                        // Top
                        top?: number,
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void keepsLinesOfADescriptionButNoSuperfluousBlanks() {
        assertThat(FunctionNamespace.of(json("""
                        {"tools":[{"type":"function","function":{
                          "name":"f","description":"  Does   this.\\n\\n\\n    And  that.\\r\\nDone. ",
                          "parameters":{"type":"object","properties":{
                            "a":{"type":"string","description":"One.\\n   \\n  Two   words."}}}}}]}
                        """)).text()).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        // Does this.
                        //
                        //
                        // And that.
                        // Done.
                        type f = (_: {
                        // One.
                        //
                        // Two words.
                        a?: string,
                        }) => any;

                        } // namespace functions""");
    }

    @Test
    void declaresTheFunctionsOf2023WithTheirParameters() {
        FunctionNamespace functions = FunctionNamespace.of(json("""
                        {"functions":[
                          {"name":"now"},
                          {"name":"get","description":"Gets it","parameters":{
                            "type":"object","properties":{"id":{"type":"string"}},"required":["id"]}}]}
                        """));

        assertThat(functions.size()).isEqualTo(2);
        assertThat(functions.beginsWithDescription()).isFalse();
        assertThat(functions.text()).isEqualTo("""
                        # Tools

                        ## functions

                        namespace functions {

                        type now = () => any;

                        // Gets it
                        type get = (_: { id: string }) => any;

                        } // namespace functions""");
    }

    private static String declared(String parameters) {
        return FunctionNamespace.of(
                        json("{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                                + parameters + "}}]}"))
                .text();
    }

    private static JsonView json(String text) {
        return new JsonView(JsonParser.parseString(text));
    }
}
