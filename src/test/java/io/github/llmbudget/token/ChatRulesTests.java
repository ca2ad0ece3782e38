package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRulesTests {

    /** From the OpenAI cookbook, "How to count tokens with tiktoken"; the counts were checked against the service. */
    private static final String COOKBOOK_MESSAGES = """
            {"messages":[
              {"role":"system","content":"You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
              {"role":"system","name":"example_user","content":"New synergies will help drive top-line growth."},
              {"role":"system","name":"example_assistant","content":"Things working well together will increase revenue."},
              {"role":"system","name":"example_user","content":"Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
              {"role":"system","name":"example_assistant","content":"Let's talk later when we're less busy about how to do better."},
              {"role":"user","content":"This late pivot means we don't have time to boil the ocean for the client deliverable."}]}
            """;

    private static final String COOKBOOK_TOOLS = """
            {"messages":[
              {"role":"system","content":"You are a helpful assistant that can answer to questions about the weather."},
              {"role":"user","content":"What's the weather like in San Francisco?"}],
             "tools":[{"type":"function","function":{
               "name":"get_current_weather","description":"Get the current weather in a given location",
               "parameters":{"type":"object","properties":{
                 "location":{"type":"string","description":"The city and state, e.g. San Francisco, CA"},
                 "unit":{"type":"string","description":"The unit of temperature to return","enum":["celsius","fahrenheit"]}},
               "required":["location"]}}}]}
            """;

    @ParameterizedTest
    @CsvSource({"gpt-3.5-turbo-0613, 129", "gpt-4-0613, 129", "gpt-4o, 124", "gpt-4o-mini, 124"})
    void countsTheMessagesOfTheCookbook(String model, long tokens) {
        assertThat(prompt(COOKBOOK_MESSAGES, model).value()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({"gpt-3.5-turbo, 105", "gpt-4, 105", "gpt-4o, 101", "gpt-4o-mini, 101"})
    void countsTheToolsOfTheCookbook(String model, long tokens) {
        assertThat(prompt(COOKBOOK_TOOLS, model).value()).isEqualTo(tokens);
    }

    @Test
    void countsTheShortestChats() {
        assertThat(prompt("{\"messages\":[]}", "gpt-4o").value()).isEqualTo(3);
        assertThat(prompt(messages("{\"role\":\"user\",\"content\":\"hello\"}"), "gpt-4o")
                        .value())
                .isEqualTo(8);
        assertThat(prompt(messages("{\"role\":\"user\",\"content\":\"hello\"}"), "gpt-5")
                        .value())
                .isEqualTo(7);
        assertThat(prompt(messages("{\"role\":\"user\",\"content\":null}"), "gpt-4o")
                        .value())
                .isEqualTo(7);
    }

    @Test
    void countsANameOnceIfItIsTheRole() {
        String named = "{\"role\":\"user\",\"content\":\"hello\",\"name\":\"%s\"}";

        assertThat(prompt(messages(named.formatted("user")), "gpt-4o").value()).isEqualTo(9);
        assertThat(prompt(messages(named.formatted("bob")), "gpt-4o").value()).isEqualTo(10);
    }

    @Test
    void joinsThePartsOfAText() {
        String parts =
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hel\"},{\"type\":\"text\",\"text\":\"lo\"}]}";

        assertThat(prompt(messages(parts), "gpt-4o").value()).isEqualTo(8);
    }

    @Test
    void marksEarlierAnswersOfModelsSinceGpt5() {
        String answer = messages("{\"role\":\"assistant\",\"content\":\"hello\"}");

        assertThat(prompt(answer, "gpt-4o").value()).isEqualTo(8);
        assertThat(prompt(answer, "o3-mini").value()).isEqualTo(7);
        assertThat(prompt(answer, "gpt-5").value()).isEqualTo(9);
    }

    @Test
    void countsACallAndItsResult() {
        String call = "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"add\",\"arguments\":\"{ \\\"a\\\": 1 }\"}}]}";
        String result = "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"42\"}";

        // 3, then 3 + assistant to=functions. (4) + add (1) + {"a":1} (5), then 3 + 1 + functions.add (2) + 42 (1)
        assertThat(prompt(messages(call), "gpt-4o").value())
                .isEqualTo(3 + 3 + count("assistant to=functions.") + count("add") + count("{\"a\":1}"));
        assertThat(prompt(messages(call, result), "gpt-4o").value()
                        - prompt(messages(call), "gpt-4o").value())
                .isEqualTo(4 + count("functions.add") + count("42"));
    }

    @Test
    void countsCallsOfOneMessageTogether() {
        String call = "{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{}\"}}";
        String both = messages("{\"role\":\"assistant\",\"tool_calls\":[" + call + "," + call + "]}");

        assertThat(prompt(both, "gpt-4o").value())
                .isEqualTo(6
                        + count("assistant to=multi_tool_use.parallel")
                        + count("{\"tool_uses\":[{\"recipient_name\":\"functions.add\",\"parameters\":{}},"
                                + "{\"recipient_name\":\"functions.add\",\"parameters\":{}}]}"));
    }

    @Test
    void countsTextBesideCallsAsAMessage() {
        String call = "\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"add\",\"arguments\":\"{}\"}}]";
        String silent = messages("{\"role\":\"assistant\",\"content\":null," + call + "}");
        String speaking = messages("{\"role\":\"assistant\",\"content\":\"hello\"," + call + "}");

        assertThat(prompt(speaking, "gpt-4o").value() - prompt(silent, "gpt-4o").value())
                .isEqualTo(5);
    }

    @Test
    void addsWhatGpt5IsToldOfFunctionsAndNoOtherModelThatReasons() {
        long ofGpt5 = prompt(COOKBOOK_TOOLS, "gpt-5").value();

        assertThat(ofGpt5 - prompt(COOKBOOK_TOOLS, "o3-mini").value()).isEqualTo(82);
    }

    @Test
    void countsAForcedFunction() {
        String forced = COOKBOOK_TOOLS.stripTrailing().replaceAll("}$", "")
                + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_current_weather\"}}}";

        assertThat(prompt(forced, "gpt-4o").value()).isEqualTo(101 + 7 + count("get_current_weather"));
    }

    @ParameterizedTest
    @CsvSource({"input_audio, AUDIO", "file, FILE", "video_url, UNKNOWN_CONTENT"})
    void boundsWhatItCannotCount(String type, EstimateReason reason) {
        TokenEstimate estimate = prompt(
                messages("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"},{\"type\":\"" + type
                        + "\"}]}"),
                "gpt-4o");

        assertThat(estimate).isEqualTo(new TokenEstimate(8, 8, Set.of(reason)));
        assertThat(estimate.isPartial()).isTrue();
    }

    @Test
    void takesAPartForATextThatDoesNotSayWhatItIs() {
        assertThat(prompt(messages("{\"role\":\"user\",\"content\":[{\"text\":\"hello\"}]}"), "gpt-4o"))
                .isEqualTo(new TokenEstimate(8, 8, Set.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "web_search_options":{} | HOSTED_TOOL
                    "tools":[{"type":"custom","custom":{"name":"sql"}}] | UNKNOWN_CONTENT
                    """)
    void boundsPromptsOfRequestsThatTheServiceAddsTo(String member, EstimateReason reason) {
        assertThat(prompt("{\"messages\":[]," + member + "}", "gpt-4o").reasons())
                .containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"modalities":["text","audio"]} | AUDIO
                    {"prediction":{"type":"content","content":"x"}} | UNKNOWN_CONTENT
                    """)
    void boundsAnswersThatAreMoreThanText(String request, EstimateReason reason) {
        assertThat(answer(request, "gpt-4o", text("hello"))).isEqualTo(new TokenEstimate(1, 1, Set.of(reason)));
    }

    @Test
    void boundsModelsThatSearch() {
        assertThat(prompt(messages("{\"role\":\"user\",\"content\":\"hello\"}"), "gpt-4o-search-preview")
                        .reasons())
                .containsExactly(EstimateReason.HIDDEN_PROMPT);
    }

    @Test
    void bindsFunctionsToNoMoreThanLikely() {
        TokenEstimate estimate = prompt(COOKBOOK_TOOLS, "gpt-4o");

        assertThat(estimate.lowerBound()).isLessThan(estimate.value()).isGreaterThan(30);
        assertThat(estimate.counted()).isEqualTo(101);
    }

    @Test
    void putsNothingOfOpenAiAroundTheTextsOfOthers() {
        TokenEstimate estimate = prompt(messages("{\"role\":\"user\",\"content\":\"hello\"}"), "mistral-large-latest");

        assertThat(estimate.value()).isEqualTo(1);
    }

    @Test
    void countsTextsOfAllAlternatives() {
        TokenEstimate estimate = answer("{}", "gpt-4o", text("hello"), text("hello world"));

        assertThat(estimate).isEqualTo(new TokenEstimate(3, 3, Set.of()));
    }

    @Test
    void countsACallThatIsAnswered() {
        FunctionCall call = new FunctionCall("add", "{\"a\":1}");

        assertThat(answer("{}", "gpt-4o", calls(call)).value())
                .isEqualTo(count("functions.add") + count("{\"a\":1}") + 6);
        assertThat(answer("{\"functions\":[]}", "gpt-3.5-turbo", calls(call)).value())
                .isEqualTo(10);
        assertThat(answer("{\"tool_choice\":{\"type\":\"function\"}}", "gpt-4o", calls(call))
                        .value())
                .isEqualTo(count("{\"a\":1}"));
        assertThat(answer("{}", "gpt-4o", calls(call, call)).value())
                .isEqualTo(count(FunctionCall.together(List.of(call, call))) + 10);
    }

    /** The name begins in the token that the word before it ends with, as get does here. */
    @Test
    void countsANameWithWhatStandsBeforeIt() {
        assertThat(answer("{}", "gpt-4o", calls(new FunctionCall("get_weather_in_city", "{}")))
                        .value())
                .isEqualTo(3 + 2 + count("{}") + 6)
                .isLessThan(count("get_weather_in_city") + 2 + count("{}") + 6);
        assertThat(answer("{}", "o3", calls(new FunctionCall("get_weather_in_city", "{}")))
                        .value())
                .isEqualTo(count("get_weather_in_city") + count("{}") + 16);
    }

    @Test
    void marksATextThatFollowsAResult() {
        String afterResult = "{\"tools\":[],\"messages\":[{\"role\":\"tool\",\"content\":\"42\"}]}";

        assertThat(answer(afterResult, "gpt-4o", text("hello")).value()).isEqualTo(2);
        assertThat(answer("{\"tools\":[],\"messages\":[]}", "gpt-4o", text("hello"))
                        .value())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"o3, 10", "gpt-5, 10", "gpt-5.4, 4"})
    void boundsAnAnswerThatMayHideReasoning(String model, long value) {
        TokenEstimate estimate = answer("{}", model, text("hello"));

        assertThat(estimate).isEqualTo(new TokenEstimate(value, 1, Set.of(EstimateReason.REASONING_HIDDEN)));
        assertThat(estimate.counted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"reasoning_effort\":\"none\"}", "{\"reasoning\":{\"effort\":\"none\"}}"})
    void believesARequestThatWantsNoReasoning(String request) {
        assertThat(answer(request, "gpt-5.4", text("hello")).isPartial()).isFalse();
    }

    private static AnswerChoice text(String text) {
        return new AnswerChoice(List.of(new WrittenText(text)), List.of());
    }

    private static AnswerChoice calls(FunctionCall... calls) {
        return new AnswerChoice(List.of(), List.of(calls));
    }

    private static long count(String text) {
        return TextEncoding.O200K.count(text);
    }

    private static String messages(String... messages) {
        return "{\"messages\":[" + String.join(",", messages) + "]}";
    }

    private static TokenEstimate prompt(String body, String model) {
        return TokenRules.CHAT.prompt(json(body), CountedModel.of(model, null), new EarlierAnswers());
    }

    private static TokenEstimate answer(String request, String model, AnswerChoice... choices) {
        return TokenRules.CHAT.answer(json(request), List.of(choices), CountedModel.of(model, null));
    }

    private static JsonObject json(String body) {
        return JsonParser.parseString(body).getAsJsonObject();
    }
}
