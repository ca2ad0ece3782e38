package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.call.TokenEstimate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesRulesTests {

    private static final String ADD = "\"tools\":[{\"type\":\"function\",\"name\":\"add\",\"description\":\"Adds\","
            + "\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}}]";
    private static final String ADD_AS_READ =
            "# Tools\n\n## functions\n\nnamespace functions {\n\n// Adds\ntype add = (_: { a?: number }) => any;\n\n"
                    + "} // namespace functions";
    private static final String QUESTION = "{\"role\":\"user\",\"content\":\"hello\"}";

    private final EarlierAnswers earlier = new EarlierAnswers();

    @Test
    void countsAnInputThatIsATextAsAMessageOfTheUser() {
        assertThat(prompt("{\"input\":\"hello\"}", "gpt-4o").value()).isEqualTo(8);
        assertThat(prompt("{\"input\":[" + QUESTION + "]}", "gpt-4o").value()).isEqualTo(8);
    }

    @Test
    void countsInstructionsAsASystemMessage() {
        assertThat(prompt("{\"instructions\":\"hello\",\"input\":\"hello\"}", "gpt-4o")
                        .value())
                .isEqualTo(13);
    }

    @Test
    void declaresFunctionsBehindTheInstructions() {
        long merged = count("hello\n\n" + ADD_AS_READ);

        assertThat(prompt("{\"instructions\":\"hello\",\"input\":\"hello\"," + ADD + "}", "gpt-4o")
                        .value())
                .isEqualTo(8 + 4 + merged - 3);
    }

    @Test
    void declaresFunctionsAloneIfNobodyInstructs() {
        assertThat(prompt("{\"input\":\"hello\"," + ADD + "}", "gpt-4o").value())
                .isEqualTo(8 + count(ADD_AS_READ) - 3);
        assertThat(prompt("{\"input\":\"hello\"," + ADD + "}", "gpt-5").value()).isEqualTo(7 + count(ADD_AS_READ) + 3);
    }

    @Test
    void addsWhatGpt5IsToldIfItMustNotCallSeveralFunctionsAtOnce() {
        assertThat(prompt("{\"input\":\"hello\",\"parallel_tool_calls\":false," + ADD + "}", "gpt-5")
                        .value())
                .isEqualTo(7 + count(ADD_AS_READ) + 3 + 78);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "required" | 9
                    {"type":"function","name":"add"} | 10
                    "auto" | 0
                    """)
    void countsAForcedChoice(String choice, long more) {
        String body = "{\"input\":\"hello\",\"tool_choice\":" + choice + "," + ADD + "}";

        assertThat(prompt(body, "gpt-4o").value()).isEqualTo(8 + count(ADD_AS_READ) - 3 + more);
    }

    @Test
    void countsCallsAndResults() {
        String call = "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"add\",\"arguments\":\"{}\"}";
        String result = "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"42\"}";

        assertThat(prompt("{\"input\":[" + QUESTION + "," + call + "," + result + "]}", "gpt-4o")
                        .value())
                .isEqualTo(8
                        + 3
                        + count("assistant to=functions.")
                        + count("add")
                        + count("{}")
                        + 3
                        + 2
                        + count("functions.add")
                        + count("42"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "tools":[{"type":"web_search"}] | HOSTED_TOOL
                    "tools":[{"type":"mcp","server_label":"a"}] | HOSTED_TOOL
                    "previous_response_id":"resp_unseen" | SERVER_SIDE_HISTORY
                    "conversation":{"id":"conv_1"} | SERVER_SIDE_HISTORY
                    "prompt":{"id":"pmpt_1"} | SERVER_SIDE_HISTORY
                    """)
    void boundsWhatOnlyTheServiceKnows(String member, EstimateReason reason) {
        TokenEstimate estimate = prompt("{\"input\":\"hello\"," + member + "}", "gpt-4o");

        assertThat(estimate).isEqualTo(new TokenEstimate(8, 8, Set.of(reason)));
    }

    @ParameterizedTest
    @CsvSource({
        "item_reference, SERVER_SIDE_HISTORY",
        "compaction, SERVER_SIDE_HISTORY",
        "computer_call_output, UNKNOWN_CONTENT",
        "reasoning, REPLAYED_REASONING"
    })
    void boundsItemsItCannotCount(String type, EstimateReason reason) {
        String body = "{\"input\":[" + QUESTION + ",{\"type\":\"" + type + "\",\"id\":\"rs_unseen\"}]}";

        assertThat(prompt(body, "gpt-4o").reasons()).containsExactly(reason);
    }

    @Test
    void continuesAnAnswerThatTheTestHasSeen() {
        remember("resp_1", "{\"input\":\"hello\"}", TokenCounts.of(8, 5), true);

        // What was read and written so far, then 3 + 1 + 1 for the question; its own opening was the last message's
        // head.
        assertThat(prompt("{\"previous_response_id\":\"resp_1\",\"input\":\"hello\"}", "gpt-4o"))
                .isEqualTo(new TokenEstimate(8 + 5 + 8, 8, Set.of()));
    }

    @Test
    void countsWhatStandsAroundAConversationForEachCallAnew() {
        String instructed = "{\"instructions\":\"hello\",\"input\":\"hello\"," + ADD + "}";
        long first = prompt(instructed, "gpt-4o").value();
        remember("resp_1", instructed, TokenCounts.of(first, 5), true);

        assertThat(prompt("{\"previous_response_id\":\"resp_1\",\"input\":\"hello\"}", "gpt-4o")
                        .value())
                .isEqualTo(8 + 5 + 8);
        assertThat(prompt(instructed.replace("{\"inst", "{\"previous_response_id\":\"resp_1\",\"inst"), "gpt-4o")
                        .value())
                .isEqualTo(first + 5 + 8);
    }

    @Test
    void dropsTheReasoningOfAnAnswerWithTheNextQuestion() {
        TokenCounts reasoned = new TokenCounts(7, 0, 0, 0, 0, 0, 70, 64, 0, 0);
        remember("resp_1", "{\"input\":\"hello\"}", reasoned, true);
        String result = "[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"42\"}]";

        assertThat(prompt("{\"previous_response_id\":\"resp_1\",\"input\":\"hello\"}", "gpt-5")
                        .value())
                .isEqualTo(7 + 7 + 6);
        assertThat(prompt("{\"previous_response_id\":\"resp_1\",\"input\":" + result + "}", "gpt-5")
                        .value())
                .isGreaterThan(7 + 70);
    }

    @Test
    void boundsWhatContinuesAnAnswerThatWasCountedInPart() {
        remember("resp_1", "{\"input\":\"hello\"}", TokenCounts.of(7, 1), false);

        assertThat(prompt("{\"previous_response_id\":\"resp_1\",\"input\":\"hello\"}", "gpt-5")
                        .reasons())
                .containsExactly(EstimateReason.SERVER_SIDE_HISTORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"id\":\"rs_1\"", "\"encrypted_content\":\"gAAAA1\""})
    void countsReplayedReasoningThatTheTestHasSeen(String name) {
        earlier.remember(
                "resp_1",
                json("{\"input\":\"hello\"}"),
                new TokenCounts(7, 0, 0, 0, 0, 0, 70, 64, 0, 0),
                true,
                List.of("rs_1", "gAAAA1"));
        String reasoning = "{\"type\":\"reasoning\"," + name + "}";

        TokenEstimate working = prompt("{\"input\":[" + QUESTION + "," + reasoning + "," + reasoning + "]}", "gpt-5");
        TokenEstimate asked = prompt("{\"input\":[" + reasoning + "," + QUESTION + "]}", "gpt-5");

        assertThat(working).isEqualTo(new TokenEstimate(7 + 64, 7, Set.of()));
        assertThat(asked).isEqualTo(new TokenEstimate(7, 7, Set.of()));
    }

    @Test
    void keepsTheRequestOfAnAnswerThatIsFetchedAgain() {
        remember("resp_1", "{\"instructions\":\"hello\",\"input\":\"hello\"}", TokenCounts.of(13, 1), true);
        remember("resp_1", "{}", TokenCounts.of(13, 5), true);

        assertThat(prompt("{\"previous_response_id\":\"resp_1\",\"input\":\"hello\"}", "gpt-4o")
                        .value())
                .isEqualTo(8 + 5 + 8);
    }

    @Test
    void takesTheItemsOfAnAnswerForOne() {
        AnswerChoice text = new AnswerChoice(List.of(new WrittenText("hello")), List.of());
        AnswerChoice call =
                new AnswerChoice(List.of(new WrittenText("{\"a\":1}")), List.of(new FunctionCall("add", "")));

        assertThat(answer("{}", "gpt-4o", text).value()).isEqualTo(2);
        assertThat(answer("{}", "gpt-4o", call).value()).isEqualTo(count("functions.add") + count("{\"a\":1}") + 7);
        assertThat(answer("{}", "gpt-4o", text, call).value())
                .isEqualTo(2 + count("functions.add") + count("{\"a\":1}") + 7);
    }

    @Test
    void countsArgumentsThatWereTooLongToBeKept() {
        AnswerChoice streamed =
                new AnswerChoice(List.of(new WrittenText("", 300_000)), List.of(new FunctionCall("add", "")));

        assertThat(answer("{}", "gpt-4o", streamed).value()).isEqualTo(count("functions.add") + 300_000 + 7);
        assertThat(answer("{}", "gpt-4o", streamed).lowerBound()).isGreaterThanOrEqualTo(300_000);
        assertThat(answer("{}", "gpt-4o", streamed, streamed).lowerBound()).isGreaterThanOrEqualTo(600_000);
    }

    @Test
    void boundsAnswersForWhichTheServiceRanTools() {
        AnswerChoice text = new AnswerChoice(List.of(new WrittenText("hello")), List.of());

        assertThat(answer("{\"tools\":[{\"type\":\"web_search\"}]}", "gpt-4o", text))
                .isEqualTo(new TokenEstimate(2, 1, Set.of(EstimateReason.HOSTED_TOOL)));
    }

    @Test
    void knowsThatACompactionIsToldMoreThanItsRequestSays() {
        TokenEstimate estimate =
                TokenRules.COMPACTION.prompt(json("{\"input\":\"hello\"}"), CountedModel.of("gpt-4o", null), earlier);

        assertThat(estimate).isEqualTo(new TokenEstimate(8, 8, Set.of(EstimateReason.HIDDEN_PROMPT)));
    }

    private void remember(String id, String request, TokenCounts tokens, boolean whole) {
        earlier.remember(id, json(request), tokens, whole, List.of());
    }

    private TokenEstimate prompt(String body, String model) {
        return TokenRules.RESPONSES.prompt(json(body), CountedModel.of(model, null), earlier);
    }

    private static TokenEstimate answer(String request, String model, AnswerChoice... items) {
        return TokenRules.RESPONSES.answer(json(request), List.of(items), CountedModel.of(model, null));
    }

    private static long count(String text) {
        return TextEncoding.O200K.count(text);
    }

    private static JsonObject json(String body) {
        return JsonParser.parseString(body).getAsJsonObject();
    }
}
