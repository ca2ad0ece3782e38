package io.github.llmbudget.cassette;

import static io.github.llmbudget.cassette.Exchanges.answer;
import static io.github.llmbudget.cassette.Exchanges.cassette;
import static io.github.llmbudget.cassette.Exchanges.chat;
import static io.github.llmbudget.cassette.Exchanges.exchange;
import static io.github.llmbudget.cassette.Exchanges.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import io.github.llmbudget.config.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cassettes that people have edited, well or badly. */
class CassetteFileTests {

    private static final Cassette CASSETTE = cassette(
            exchange(chat("{\"a\":\"Wo?\"}"), answer("{\n  \"id\": 1,\n  \"text\": \"Here.\"\n}\n")),
            exchange(
                    chat("{\"a\":2}"),
                    stream(
                            "data: {\"text\":\"He\"}\n\n",
                            "event: x\ndata: {\"te",
                            "xt\":\"re\"}\n\n",
                            "data: [DONE]\n\n")));

    private static final String FILE = new String(CassetteWriter.write(CASSETTE), UTF_8);

    @Test
    void givesBackAnAnswerInWhichAWordWasChanged() {
        Cassette edited = read(FILE.replace("\"Here.\"", "\"Over there.\""));
        assertThat(Exchanges.text(edited.exchanges().get(0).answer()))
                .isEqualTo("{\n  \"id\": 1,\n  \"text\": \"Over there.\"\n}\n");
    }

    @Test
    void givesBackAStreamInWhichAnEventWasChangedOrTakenOut() {
        Cassette edited = read(FILE.replace("{\"text\":\"re\"}", "{\"text\":\"RE AND MORE\"}")
                .replace("{\"at\": 1, \"data\": {\"text\":\"He\"}},", ""));
        RecordedAnswer answer = edited.exchanges().get(1).answer();
        assertThat(Exchanges.text(answer)).isEqualTo("event: x\ndata: {\"text\":\"RE AND MORE\"}\n\ndata: [DONE]\n\n");
        assertThat(answer.chunks()).hasSize(3);
    }

    @Test
    void readsAnEventWithoutTimesAndInAnyLayout() {
        String events =
                "\"events\": [ { \"data\": {\n \"a\" :\n 1 } },\r\n\t{\"data\":\"x\"}, {\"at\": 0.5, \"text\": \": c\\n\\n\"} ]";
        Cassette edited = read(FILE.replaceFirst("(?s)\"events\": \\[.*?\\n        \\]", events.replace("\\", "\\\\")));
        RecordedAnswer answer = edited.exchanges().get(1).answer();
        assertThat(Exchanges.text(answer)).isEqualTo("data: {\"a\":1}\n\ndata: x\n\n: c\n\n");
        assertThat(answer.chunks()).hasSize(2);
    }

    @Test
    void readsAFileThatAnotherToolHasWrittenAnew() {
        String again = new GsonBuilder().create().toJson(JsonParser.parseString(FILE));
        Cassette read = read(again);
        assertThat(Exchanges.text(read.exchanges().get(0).answer()))
                .isEqualTo(Exchanges.text(CASSETTE.exchanges().get(0).answer()));
        assertThat(Exchanges.text(read.exchanges().get(1).answer()))
                .isEqualTo(Exchanges.text(CASSETTE.exchanges().get(1).answer()));
        String pretty = new GsonBuilder().setPrettyPrinting().create().toJson(JsonParser.parseString(FILE));
        assertThat(read(pretty).exchanges().get(1).answer().chunks()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\": 1 | \"version\": 2 | it is of version 2, and this llm-budget reads version 1 (a newer llm-budget",
                "\"version\": 1, | `` | the member 'version' is missing at $, line 1, column 1",
                "\"test\": | \"tset\": | 'tset' is none of the members version, test, upstream, exchanges at $.tset, line 3, column 10",
                "\"test\": \"SupportBotTest.answers\", | `` | the member 'test' is missing at $, line 1",
                "\"status\": 200 | \"status\": 2000 | 2000 is no HTTP status at $.exchanges[0].answer.status, line 16, column 19",
                "\"status\": 200, | `` | the member 'status' is missing at $.exchanges[0].answer, line 15",
                "\"status\": 200 | \"status\": ok | expected a number at $.exchanges[0].answer.status, line 16",
                "\"layout\": \"indented, line end\" | \"layout\": \"wild\" | 'wild' is none of the layouts [compact, compact, line end, indented",
                "\"Here.\" | \"Here. | a control character must be escaped in a text at $.exchanges[0].answer.body, line 24, column 25",
                "\"Here.\" | \"\\x\" | there is no such escape at $.exchanges[0].answer.body, line 24",
                "\"Here.\" | \"\\u12\" | \\u takes four hexadecimal digits at $.exchanges[0].answer.body",
                "\"Here.\" | 01 | expected a comma or } at $.exchanges[0].answer.body",
                "\"Here.\" | nul | expected a value at $.exchanges[0].answer.body",
                "\"id\": 1, | \"id\": 1 | expected a comma or } at $.exchanges[0].answer.body, line 24",
                "\"id\": 1, | id: 1, | expected a name in quotes at $.exchanges[0].answer.body, line 23",
                "\"at\": 812.4 | \"at\": -1 | -1 is no time in milliseconds",
                "\"at\": 812.4 | \"at\": 1e99 | 1e99 is too long a time in milliseconds",
                "\"begun\": \"2026-11-27T10:00:00.123Z\" | \"begun\": \"today\" | 'today' is no instant such as",
                "\"data\": \"[DONE]\" | \"date\": \"[DONE]\" | 'date' is none of the members at, parts, event, data, line, text, base64 at $.exchanges[1].answer.events[2].date, line 45",
                "\"data\": \"[DONE]\" | \"at\": 3 | an event has one of data, line, text and base64 at $.exchanges[1].answer.events[2]",
                "[[19, 2] | [[19, 2, 3] | a part is a number of bytes and a time, such as [17, 0.412] at $.exchanges[1].answer.events[1].parts",
                "\"layout\": | \"text\": \"a\", \"layout\": | an answer has one of body, text, base64 and events at $.exchanges[0].answer",
                "\"layout\": | \"base64\": \"?\", \"layout\": | this is not base64 at $.exchanges[0].answer.base64",
                "\"layout\": | \"framing\": \"odd\", \"layout\": | 'odd' is none of the framings usual, crlf, tight",
            })
    void saysWhatIsWrongWhereAndWhatToDo(String from, String to, String message) {
        String edited = FILE.replace(from, to);
        assertThat(edited).isNotEqualTo(FILE);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(edited))
                .withMessageStartingWith("The cassette x/y.json cannot be read: ")
                .withMessageContaining(message)
                .withMessageEndingWith("Mend the file, or delete it and record it again with llmbudget.mode=record.");
    }

    @Test
    void findsFaultWithAFileCutAnywhere() {
        for (int length = 0; length < FILE.length() - 3; length++) {
            String cut = FILE.substring(0, length);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> read(cut))
                    .withMessageContaining("line ");
        }
    }

    @Test
    void findsFaultWithBytesThatAreNoText() {
        byte[] file = FILE.getBytes(UTF_8);
        file[FILE.indexOf("Here.")] = (byte) 0xC0;
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> CassetteReader.read(file, "x"))
                .withMessageContaining("this is not UTF-8");
    }

    @Test
    void namesTheRuleThatCannotBeRead() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> CassetteRules.of(List.of(), List.of(), List.of("a(b"), null))
                .withMessageContaining("'a(b'")
                .withMessageContaining("Pattern.quote");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> CassetteRules.of(List.of(), List.of(), List.of("x*"), null))
                .withMessageContaining("matches the empty text");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> CassetteRules.of(List.of("messages"), List.of(), List.of(), null))
                .withMessageContaining("write $.messages");
    }

    private static Cassette read(String file) {
        return CassetteReader.read(file.getBytes(UTF_8), "x/y.json");
    }
}
