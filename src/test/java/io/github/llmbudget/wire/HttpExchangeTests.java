package io.github.llmbudget.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HttpExchangeTests {

    private static final HttpExchange.Request REQUEST = new HttpExchange.Request(
            "POST",
            "/v1beta/models/gemini:generateContent?key=AIza-secret",
            List.of(new HttpExchange.Header("x-api-key", "sk-secret")),
            new byte[0],
            "generativelanguage.googleapis.com");

    @Test
    void keepsItsHostWhenTheBodyChanges() {
        HttpExchange.Request changed = REQUEST.withBody(new byte[1]);

        assertThat(changed.host()).isEqualTo("generativelanguage.googleapis.com");
        assertThat(changed.body()).hasSize(1);
    }

    @Test
    void knowsNoHostUnlessItIsGiven() {
        assertThat(new HttpExchange.Request("GET", "/", List.of(), new byte[0]).host())
                .isNull();
    }

    @Test
    void showsNothingThatMayHoldAKey() {
        assertThat(REQUEST).hasToString("POST /v1beta/models/gemini:generateContent");
    }

    @Test
    void hasARootThatIsAPathToo() {
        assertThat(new HttpExchange.Request("GET", "/?a=b", List.of(), new byte[0]))
                .hasToString("GET /");
    }
}
