package io.github.llmbudget.cassette;

import static io.github.llmbudget.cassette.Exchanges.answer;
import static io.github.llmbudget.cassette.Exchanges.cassette;
import static io.github.llmbudget.cassette.Exchanges.chat;
import static io.github.llmbudget.cassette.Exchanges.chunk;
import static io.github.llmbudget.cassette.Exchanges.exchange;
import static io.github.llmbudget.cassette.Exchanges.headers;
import static io.github.llmbudget.cassette.Exchanges.post;
import static io.github.llmbudget.cassette.Exchanges.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTests {

    /** Made up, and put together here, so that no scan of this repository takes them for real ones. */
    private static final String RUN = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0iL3oR6uX9";

    static Stream<String> secrets() {
        return Stream.of(
                "sk-" + RUN,
                "sk-" + "0123456789abcdef0123456789abcdef",
                "sk-proj-" + RUN + "_-" + RUN,
                "sk-svcacct-" + RUN,
                "sk-ant-" + "api03-" + RUN,
                "sk-or-" + "v1-" + RUN,
                "AIza" + "SyB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0iL3o",
                "AKIA" + "IOSFODNN7EXAMPLE",
                "ghp_" + RUN,
                "github_pat_" + "11ABCDEFG0" + RUN,
                "xoxb-" + "123456789012-abcdefghijkl",
                "hf_" + RUN,
                "gsk_" + RUN + "aB3dE6gH",
                "xai-" + RUN + "aB3dE6gH",
                "Bearer " + RUN,
                "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9",
                "-----BEGIN RSA PRIVATE" + " KEY-----\nMIIEpAIBAAKCAQEA" + RUN);
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void findsSecretsAndDoesNotRepeatThem(String secret) {
        for (Cassette cassette : List.of(
                cassette(exchange(
                        chat("{\"a\":[{\"b c\":" + JsonText.quoted("it is " + secret + ".") + "}]}"), answer("{}"))),
                cassette(exchange(chat("plain text: " + secret), answer("{}"))),
                cassette(exchange(chat("{}"), answer("{" + JsonText.quoted(secret) + ":1}"))),
                cassette(exchange(chat("{}"), stream("data: {\"x\":" + JsonText.quoted(secret) + "}\n\n"))),
                cassette(exchange(chat("{}"), stream(": " + secret.replace("\n", "\\n") + "\n\n"))),
                cassette(exchange(chat("{}"), pieces(secret))),
                cassette(exchange(
                        chat("{}"),
                        new RecordedAnswer(200, headers("x-echo", secret), List.of(chunk(0, "{}")), false))))) {
            assertThatExceptionOfType(SecretFoundException.class)
                    .isThrownBy(() -> scan().check(cassette))
                    .withMessageContaining("exchange #1")
                    .satisfies(found -> assertThat(found.getMessage()).doesNotContain(secret, secret.substring(8)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY=%s",
                "https://x.test/?k=%s&a=1",
                "https://x.test/a/%s?b",
                "a+%s",
                "k%%3D%s",
                "KEY\\u003d%s",
                "log:\\n%s"
            })
    void findsSecretsWhateverIsBeforeThem(String text) {
        for (String secret : List.of(
                "sk-proj-" + RUN,
                "AIza" + "SyB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0iL3o",
                "AKIA" + "IOSFODNN7EXAMPLE",
                "ghp_" + RUN)) {
            String around = String.format(text, secret);
            for (Cassette cassette : List.of(
                    cassette(exchange(chat("{\"a\":" + JsonText.quoted(around) + "}"), answer("{}"))),
                    cassette(exchange(chat(around), answer("{}"))))) {
                assertThatExceptionOfType(SecretFoundException.class).isThrownBy(() -> scan().check(cassette));
            }
        }
    }

    @Test
    void findsSecretsInParametersOfPaths() {
        assertThatExceptionOfType(SecretFoundException.class)
                .isThrownBy(() -> scan().check(
                                cassette(exchange(post("/v1/models?api_token=sk-proj-" + RUN, "{}"), answer("{}")))))
                .withMessageContaining("in its path");
    }

    private static RecordedAnswer pieces(String secret) {
        StringBuilder events = new StringBuilder();
        int length = 5;
        for (int i = 0; i < secret.length(); i += length) {
            String piece = secret.substring(i, Math.min(secret.length(), i + length));
            events.append("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":")
                    .append(JsonText.quoted(piece))
                    .append(
                            "}}]}\n\ndata: {\"id\":\"c\",\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other \"}}]}\n\n");
        }
        return stream(events.append("data: [DONE]\n\n").toString());
    }

    @Test
    void saysWhereASecretIsAndWhatToDo() {
        Cassette cassette = cassette(
                exchange(chat("{}"), answer("{}")),
                exchange(chat("{}"), answer("{\"choices\":[{\"message\":{\"content\":\"sk-" + RUN + "\"}}]}")));
        assertThatExceptionOfType(SecretFoundException.class)
                .isThrownBy(() -> scan().check(cassette))
                .withMessage("What looks like a key of OpenAI's form is in the answer of exchange #2, at"
                        + " $.choices[0].message.content. Redact it by its JSON path or by"
                        + " a regular expression, or take it out of what the test sends.");
    }

    @Test
    void saysOfAKeyInPiecesThatTheyAreMany() {
        assertThatExceptionOfType(SecretFoundException.class)
                .isThrownBy(() -> scan().check(cassette(exchange(chat("{}"), pieces("sk-proj-" + RUN)))))
                .withMessageContaining("at $.choices[0].delta.content of all its events together");
    }

    @Test
    void findsTheKeyInUseHoweverItIsWritten() throws IOException {
        String key = "local+key/with=odd signs 1";
        String encoded = Base64.getEncoder().encodeToString(("user:" + key).getBytes(UTF_8));
        String forUrl = Base64.getUrlEncoder().encodeToString(("ab" + key + "c").getBytes(UTF_8));
        for (String text : List.of(key, "local%2Bkey%2Fwith%3Dodd+signs+1", encoded, forUrl)) {
            Cassette cassette = cassette(exchange(chat("{\"a\":" + JsonText.quoted(text) + "}"), answer("{}")));
            assertThatExceptionOfType(SecretFoundException.class)
                    .isThrownBy(() -> new SecretScan(CassetteRules.NONE, Set.of(key)).check(cassette))
                    .withMessageContaining("the key in use");
            assertThatCode(() -> scan().check(cassette)).doesNotThrowAnyException();
        }
        Cassette path = cassette(exchange(post("/v1/x?q=local%2Bkey%2Fwith%3Dodd+signs+1", "{}"), answer("{}")));
        assertThatExceptionOfType(SecretFoundException.class)
                .isThrownBy(() -> new SecretScan(CassetteRules.NONE, Set.of(key)).check(path))
                .withMessageContaining("in its path");
    }

    @Test
    void looksIntoPackedAnswers() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(("{\"a\":\"sk-" + RUN + "\"}").getBytes(UTF_8));
        }
        RecordedAnswer answer = new RecordedAnswer(
                200,
                headers("Content-Encoding", "gzip"),
                List.of(new RecordedAnswer.Chunk(Duration.ZERO, packed.toByteArray())),
                false);
        assertThatExceptionOfType(SecretFoundException.class)
                .isThrownBy(() -> scan().check(cassette(exchange(chat("{}"), answer))))
                .withMessageContaining("$.a");
        CassetteRules rules = CassetteRules.of(List.of(), List.of("$.b"), List.of(), null);
        assertThatExceptionOfType(SecretFoundException.class)
                .isThrownBy(() -> new SecretScan(rules, Set.of()).check(cassette(exchange(chat("{}"), answer))))
                .withMessageContaining("in which nothing can be redacted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Incorrect API key provided: sk-proj-********************abcd.",
                "Incorrect API key provided: sk-12***************************7890. Find it at https://a.b/c",
                "sk-something",
                "sk-your-api-key-here-please-replace-it",
                "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "a task-0123456789abcdef0123456789abcdef",
                "desk-aB3dE6gH9jK2mN5pQ8sT",
                "pass a Bearer token in the header",
                "Authorization: Bearer $OPENAI_API_KEY",
                "Bearer of bad and internationalisation news",
                "the prefix AIza is that of Google, AKIA that of AWS",
                "-----BEGIN PRIVATE KEY----- is how such a file begins",
                "eyJhbGciOiJIUzI1NiJ9",
                "chatcmpl-E7X2Un26XQnkHj6X1dA95b2UKdQi8",
                "hf_hub_download and gsk_test",
                "xoxo-love"
            })
    void takesProseAndMaskedKeysForWhatTheyAre(String text) {
        assertThatCode(() -> scan().check(cassette(exchange(
                        chat("{\"a\":" + JsonText.quoted(text) + "}"),
                        stream("data: {\"b\":" + JsonText.quoted(text) + "}\n\n")))))
                .doesNotThrowAnyException();
    }

    @Test
    void findsNoKeysInEncodedImages() {
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            byte[] image = new byte[100_000];
            random.nextBytes(image);
            String text = Base64.getEncoder().encodeToString(image);
            String forUrl = Base64.getUrlEncoder().encodeToString(image);
            assertThatCode(() -> scan().check(cassette(
                            exchange(chat("{\"a\":\"" + text + "\"}"), answer("{\"a\":\"" + forUrl + "\"}")))))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void refusesWhatAPatternMatchesOnlyInPiecesPutTogether() {
        CassetteRules rules = CassetteRules.of(List.of(), List.of(), List.of("\\d{3}-\\d{4}"), null);
        String events = "data: {\"d\":\"call 55\"}\n\ndata: {\"d\":\"5-01\"}\n\ndata: {\"d\":\"00.\"}\n\n";
        assertThatExceptionOfType(SecretFoundException.class)
                .isThrownBy(() -> new SecretScan(rules, Set.of()).check(cassette(exchange(chat("{}"), stream(events)))))
                .withMessageContaining(
                        "/\\d{3}-\\d{4}/ matches is in the answer of exchange #1, at $.d of all its events")
                .withMessageContaining("by its JSON path");
    }

    @Test
    void acceptsWhatIsRedactedInEveryPiece() {
        CassetteRules rules = CassetteRules.of(List.of(), List.of(), List.of("[A-Z]{4,}", "\\d{3}-\\d{4}"), null);
        Recording recording = new Recording();
        Recording.Exchange exchange = recording.begin(chat("{}"));
        exchange.answered(new io.github.llmbudget.wire.HttpExchange.Response(200, Exchanges.EVENTS));
        byte[] events =
                "data: {\"d\":\"555-0100\"}\n\ndata: {\"d\":\"HELLO\"}\n\ndata: {\"d\":\"WORLD\"}\n\n".getBytes(UTF_8);
        exchange.passed(events, 0, events.length);
        exchange.ended(false);
        Cassette cassette = recording.cassette("test", null, rules, Map.of());
        assertThatCode(() -> new SecretScan(rules, Set.of()).check(cassette)).doesNotThrowAnyException();
        assertThat(Exchanges.text(cassette.exchanges().get(0).answer())).doesNotContain("555", "HELLO", "WORLD");
    }

    private static SecretScan scan() {
        return new SecretScan(CassetteRules.NONE, Set.of());
    }
}
