package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.llmbudget.call.EstimateReason;
import io.github.llmbudget.call.TokenEstimate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTokensTests {

    private static final String PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";

    /** The sizes whose counts services have reported, and those that just fill or just spill over a tile. */
    @ParameterizedTest
    @CsvSource({
        "gpt-4o, 3008, 2000, 1105",
        "gpt-4o, 1, 1, 255",
        "gpt-4o, 512, 512, 255",
        "gpt-4o, 513, 512, 425",
        "gpt-4o, 1024, 1024, 765",
        "gpt-4o, 2048, 4096, 1105",
        "gpt-4o, 768, 768, 765",
        "gpt-4o, 4096, 1, 765",
        "gpt-4.1, 512, 512, 255",
        "gpt-4-turbo, 512, 512, 255",
        "chatgpt-4o-latest, 512, 512, 255",
        "gpt-4o-mini, 1, 1, 8500",
        "gpt-4o-mini, 1024, 512, 14167",
        "o1, 512, 512, 225",
        "o3, 1024, 1024, 675",
        "gpt-5, 512, 512, 210",
        "computer-use-preview, 512, 512, 194"
    })
    void countsTiles(String model, int width, int height, long tokens) {
        assertThat(ofSize(model, width, height)).isEqualTo(tokens);
    }

    /** 1,024 patches of 32 pixels; 2,000 x 3,000 pixels are made 32 x 48 patches, which are as many as there may be. */
    @ParameterizedTest
    @CsvSource({
        "gpt-4.1-mini, 1, 1, 3",
        "gpt-4.1-mini, 1024, 1024, 1660",
        "gpt-4.1-mini, 2000, 3000, 2490",
        "gpt-4.1-nano, 1024, 1024, 2521",
        "o4-mini, 1024, 1024, 1763",
        "gpt-5-mini, 1024, 1024, 1230",
        "gpt-5.4-mini, 1024, 1024, 1230",
        "gpt-5-nano, 1024, 1024, 1536",
        "gpt-5-nano, 33, 32, 3"
    })
    void countsPatches(String model, int width, int height, long tokens) {
        assertThat(ofSize(model, width, height)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-3.5-turbo", "gpt-4", "gpt-5.4", "gpt-oss-120b"})
    void knowsNoRuleForModelsThatWereNotSeen(String model) {
        assertThat(ImageTokens.of(CountedModel.of(model, null))).isEmpty();
    }

    @Test
    void countsImagesOfAChat() {
        assertThat(chat("gpt-4o", PIXEL, "")).isEqualTo(new TokenEstimate(7 + 255, 7 + 255, Set.of()));
        assertThat(chat("gpt-4o", PIXEL, ",\"detail\":\"low\"").value()).isEqualTo(7 + 85);
        assertThat(chat("gpt-4o", "https://example.com/a.png", ",\"detail\":\"low\""))
                .as("the size does not matter")
                .isEqualTo(new TokenEstimate(7 + 85, 7 + 85, Set.of()));
    }

    @Test
    void boundsImagesWhoseSizeTheRequestDoesNotTell() {
        assertThat(chat("gpt-4o", "https://example.com/a.png", ""))
                .isEqualTo(new TokenEstimate(7 + 765, 7 + 85, Set.of(EstimateReason.IMAGE_SIZE_UNKNOWN)));
        assertThat(chat("gpt-5.4", PIXEL, "").reasons()).containsExactly(EstimateReason.IMAGE_SIZE_UNKNOWN);
    }

    @Test
    void countsImagesOfAResponse() {
        JsonObject request =
                json("{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"" + PIXEL
                        + "\"},{\"type\":\"input_image\",\"image_url\":\"" + PIXEL + "\",\"detail\":\"low\"}]}]}");

        assertThat(TokenRules.RESPONSES
                        .prompt(request, CountedModel.of("gpt-4o", null), new EarlierAnswers())
                        .value())
                .isEqualTo(7 + 255 + 85);
    }

    private static TokenEstimate chat(String model, String url, String detail) {
        JsonObject request =
                json("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                        + url + "\"" + detail + "}}]}]}");
        return TokenRules.CHAT.prompt(request, CountedModel.of(model, null), new EarlierAnswers());
    }

    private static long ofSize(String model, int width, int height) {
        return ImageTokens.of(CountedModel.of(model, null)).orElseThrow().ofSize(new ImageSize(width, height));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
