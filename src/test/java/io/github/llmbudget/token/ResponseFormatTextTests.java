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
                "{\"text\":{\"format\":{\"type\":\"text\"}}}"
            })
    void hasNothingToReadWithoutASchema(String request) {
        assertThat(text(request)).isEmpty();
    }

    private static String text(String request) {
        return ResponseFormatText.of(new JsonView(JsonParser.parseString(request)));
    }
}
