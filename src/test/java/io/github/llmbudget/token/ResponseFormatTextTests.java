package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseFormatTextTests {

    private static final String SCHEMA = """
            {"type":"object","title":"Answer","additionalProperties":false,"required":["default","list"],
             "properties":{
               "default":{"type":"string","default":"x","description":"d"},
               "list":{"type":"array","minItems":1,"maxItems":3,"items":{"$ref":"#/$defs/required"}}},
             "$defs":{"required":{"anyOf":[{"type":"integer","minimum":0,"maximum":9},{"type":"null"}]}}}""";
    private static final String AS_READ = "{\"type\":\"object\",\"title\":\"Answer\",\"properties\":{"
            + "\"default\":{\"type\":\"string\",\"description\":\"d\"},"
            + "\"list\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/required\"}}},"
            + "\"$defs\":{\"required\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}}}";

    @Test
    void leavesOutWhatTheServiceEnforcesAndNoPropertyOfThatName() {
        assertThat(text(
                        "{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"Answer\",\"schema\":"
                                + SCHEMA + "}}}"))
                .isEqualTo("# Response Formats\n\n## Answer\n\n" + AS_READ);
    }

    @Test
    void readsTheFormatOfAResponseWithItsDescription() {
        assertThat(text(
                        "{\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"Answer\",\"description\":\"An answer\","
                                + "\"schema\":" + SCHEMA + "}}}"))
                .isEqualTo("# Response Formats\n\n## Answer\n\n// An answer\n" + AS_READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"response_format\":null}",
                "{\"response_format\":{\"type\":\"json_object\"}}",
                "{\"response_format\":{\"type\":\"text\"}}",
                "{\"text\":{\"format\":{\"type\":\"text\"}}}",
                "{\"text\":{\"format\":{\"type\":\"json_object\"}}}",
                "{\"text\":{\"verbosity\":\"low\"}}",
                "{\"response_format\":\"json_schema\"}"
            })
    void hasNothingToReadWithoutASchema(String request) {
        assertThat(text(request)).isEmpty();
    }

    @Test
    void readsTheFormatOfAChatWithItsDescription() {
        assertThat(text("""
                        {"response_format":{"type":"json_schema","json_schema":{
                          "name":"answer","strict":true,"description":"  Two   words.\\n\\nMore.","schema":{"type":"object"}}}}
                        """)).isEqualTo("""
                        # Response Formats

                        ## answer

                        // Two words.
                        //
                        // More.
                        {"type":"object"}""");
    }

    @Test
    void leavesOutWhatTheServiceEnforcesAtEveryDepth() {
        assertThat(ofSchema("""
                        {"type":"object","properties":{
                           "a":{"type":"object","additionalProperties":{"type":"string"},"required":["b"],"properties":{
                             "b":{"type":"array","minItems":1,"items":{"type":"array","maxItems":2,"items":
                               {"anyOf":[{"type":"integer","minimum":1,"default":2},
                                         {"allOf":[{"type":"number","maximum":1.5}]}]}}}}}},
                         "definitions":{"D":{"type":"object","additionalProperties":false,"properties":{
                           "c":{"type":"string","default":null}}}}}
                        """)).isEqualTo("""
                        {"type":"object","properties":{\
                        "a":{"type":"object","properties":{\
                        "b":{"type":"array","items":{"type":"array","items":\
                        {"anyOf":[{"type":"integer"},{"allOf":[{"type":"number"}]}]}}}}}},\
                        "definitions":{"D":{"type":"object","properties":{"c":{"type":"string"}}}}}""");
    }

    @Test
    void keepsPropertiesNamedLikeKeywords() {
        assertThat(ofSchema("""
                        {"properties":{
                           "additionalProperties":{"type":"string"},"required":{"type":"string","default":"x"},
                           "default":{"type":"object","properties":{"minimum":{"type":"integer","minimum":1}}},
                           "maximum":{"type":"integer"},"minItems":{"type":"integer"},"maxItems":{"type":"integer"},
                           "properties":{"type":"object","required":["default"],"properties":{
                             "default":{"type":"null","default":null}}}},
                         "$defs":{"default":{"type":"string"}},
                         "definitions":{"minimum":{"type":"integer","minimum":0}}}
                        """)).isEqualTo("""
                        {"properties":{\
                        "additionalProperties":{"type":"string"},"required":{"type":"string"},\
                        "default":{"type":"object","properties":{"minimum":{"type":"integer"}}},\
                        "maximum":{"type":"integer"},"minItems":{"type":"integer"},"maxItems":{"type":"integer"},\
                        "properties":{"type":"object","properties":{"default":{"type":"null"}}}},\
                        "$defs":{"default":{"type":"string"}},\
                        "definitions":{"minimum":{"type":"integer"}}}""");
    }

    @Test
    void keepsEverythingElseInItsOrder() {
        String schema = "{\"title\":\"<A>\",\"description\":\"d  d\",\"type\":[\"object\",\"null\"],\"properties\":"
                + "{\"z\":{\"const\":null},\"a\":{\"type\":\"string\",\"pattern\":\"^x$\",\"enum\":[\"é\",1.50]}}}";

        assertThat(ofSchema(schema)).isEqualTo(schema);
    }

    @Test
    void keepsValuesWhateverTheyHold() {
        String schema = "{\"enum\":[{\"default\":1}],\"const\":{\"required\":true},\"examples\":[{\"minimum\":0}]}";

        assertThat(ofSchema(schema)).isEqualTo(schema);
    }

    @Test
    void takesPatternsOfNamesForNames() {
        assertThat(ofSchema("{\"patternProperties\":{\"required\":{\"type\":\"integer\",\"minimum\":1}}}"))
                .isEqualTo("{\"patternProperties\":{\"required\":{\"type\":\"integer\"}}}");
    }

    @Test
    void readsAnEmptySchemaWhereThereIsNone() {
        assertThat(text("{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\"}}}"))
                .isEqualTo("# Response Formats\n\n## n\n\n{}");
        assertThat(text("{\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}}}"))
                .isEqualTo("# Response Formats\n\n## n\n\n{}");
    }

    private static String ofSchema(String schema) {
        String heading = "# Response Formats\n\n## n\n\n";
        String text =
                text("{\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":" + schema + "}}}");
        assertThat(text).startsWith(heading);
        return text.substring(heading.length());
    }

    private static String text(String request) {
        return ResponseFormatText.of(new JsonView(JsonParser.parseString(request)));
    }
}
