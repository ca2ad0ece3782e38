package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.KeptBody;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTextTests {

    private static final String OPENAI_KEY = "sk-proj-Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0";
    private static final String PEM = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n".repeat(20)
            + "-----END PRIVATE KEY-----";

    private final BodyText texts = new BodyText(CassetteRules.NONE, Set.of("the-key-of-this-account"));

    @ParameterizedTest
    @ValueSource(strings = {"", "plain text", "{ \"a\" : [1.0, 2e3] }", "{\"a\":", "[]", "data: x\n\n", "\u20AC"})
    void showsATextAsItIs(String text) {
        assertThat(texts.of(json(text))).isEqualTo(text);
        assertThat(texts.of(body("text/event-stream", text.getBytes(UTF_8)))).isEqualTo(text);
        assertThat(texts.of(body(null, text.getBytes(UTF_8)))).isEqualTo(text);
    }

    @Test
    void masksSecretsHoweverTheyAreEscaped() {
        assertThat(texts.of(json("{\"a\":[\"x " + OPENAI_KEY.replace("k-", "\\u006b-") + " y\"],\"b\":1.0}")))
                .isEqualTo("{\"a\":[\"x [secret: OpenAI key] y\"],\"b\":1.0}");
        assertThat(texts.of(json("{\"" + OPENAI_KEY + "\":1}"))).isEqualTo("{\"[secret: OpenAI key]\":1}");
    }

    @Test
    void masksTheKeyInUse() {
        assertThat(texts.of(json("say the-key-of-this-account"))).isEqualTo("say [secret: key in use]");
    }

    @Test
    void masksAPrivateKeyAsAWhole() {
        String mask = "see [secret: private key] there";

        assertThat(texts.of(json("see " + PEM + " there"))).isEqualTo(mask);
        assertThat(texts.of(json("{\"a\":\"see " + PEM.replace("\n", "\\n") + " there\"}")))
                .isEqualTo("{\"a\":\"" + mask + "\"}");
        assertThat(texts.of(json("{\"a\": see " + PEM.replace("\n", "\\n") + " there")))
                .isEqualTo("{\"a\": " + mask);
    }

    @Test
    void leavesAKeyThatIsOnlySpokenOf() {
        assertThat(texts.of(json("{\"a\":\"sk-proj-your-key-goes-right-here\"}")))
                .isEqualTo("{\"a\":\"sk-proj-your-key-goes-right-here\"}");
    }

    @Test
    void masksSecretsInTheEventsOfAStream() {
        String stream = "event: a\ndata: {\"t\":\"" + OPENAI_KEY + "\"}\n\ndata: [DONE]\n\n";

        assertThat(texts.of(body("text/event-stream", stream.getBytes(UTF_8))))
                .isEqualTo("event: a\ndata: {\"t\":\"[secret: OpenAI key]\"}\n\ndata: [DONE]\n\n");
    }

    @Test
    void showsNothingOfAStreamThatTellsASecretInPieces() {
        String stream = "data: {\"t\":\"" + OPENAI_KEY.substring(0, 12) + "\"}\n\ndata: {\"t\":\""
                + OPENAI_KEY.substring(12) + "\"}\n\n";

        assertThat(texts.of(body("text/event-stream", stream.getBytes(UTF_8))))
                .isEqualTo("[secret: OpenAI key] in pieces, hence nothing of the stream is shown");
    }

    @Test
    void tellsOfBytesThatAreNoText() {
        assertThat(texts.of(body("audio/mpeg", "Text".getBytes(UTF_8)))).isEqualTo("[audio/mpeg, 4 bytes]");
        assertThat(texts.of(body("multipart/form-data; boundary=x", new byte[] {'a', (byte) 0xFF})))
                .isEqualTo("[multipart/form-data, 2 bytes]");
        assertThat(texts.of(body(null, new byte[1_234]))).isEqualTo("[1,234 bytes]");
    }

    @Test
    void tellsOfBytesThatCannotBeUnpacked() {
        KeptBody body = new KeptBody(List.of(new HttpExchange.Header("Content-Encoding", "zstd")));
        body.accept(
                new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 0, 17);
        body.finish();

        assertThat(texts.of(body)).isEqualTo("[the body is packed as 'zstd', which cannot be read]");
    }

    @Test
    void cutsALongBodyAndSaysSo() {
        String longer = "a\u20AC ".repeat(KeptBody.MOST_BYTES);

        String text = texts.of(json(longer));

        assertThat(text).endsWith(" \n[5,242,880 bytes in all]").hasSizeBetween(600_000, 700_000);
        assertThat(text.substring(0, 600_000)).isEqualTo(longer.substring(0, 600_000));
    }

    /** What is left of the key is too short to be known for one. */
    @Test
    void showsNoBeginningOfASecretThatIsCutOff() {
        String before = "x".repeat(KeptBody.MOST_BYTES - 12) + " ";

        String text = texts.of(json(before + "sk-proj-Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0"));

        assertThat(text).isEqualTo(before + "\n[1,048,603 bytes in all]");
    }

    private static KeptBody json(String text) {
        return body("application/json", text.getBytes(UTF_8));
    }

    private static KeptBody body(@Nullable String contentType, byte[] bytes) {
        KeptBody body = new KeptBody(
                contentType == null ? List.of() : List.of(new HttpExchange.Header("Content-Type", contentType)));
        body.accept(bytes, 0, bytes.length);
        body.finish();
        return body;
    }
}
