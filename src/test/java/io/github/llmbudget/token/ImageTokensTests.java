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

class ImageTokensTests {

    private static final List<String> RULES = List.of(
            "gpt-4o",
            "gpt-4o-mini",
            "o1",
            "gpt-5",
            "gpt-4.1-mini",
            "gpt-4.1-nano",
            "o4-mini",
            "gpt-5-mini",
            "gpt-5-nano");

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
    @ValueSource(strings = {"gpt-3.5-turbo", "gpt-4", "gpt-5.4", "gpt-5.4-2026-03-05", "gpt-6", "gpt-oss-120b"})
    void knowsNoRuleForModelsThatWereNotSeen(String model) {
        assertThat(ImageTokens.of(CountedModel.of(model, null))).isEmpty();
    }

    /**
     * With the shorter side at 768 and the longer at most 2,048: 1,024 x 1,024 is 2 x 2 tiles, 2,048 x 4,096 is 2 x 3,
     * 512 x 512 is one.
     */
    @ParameterizedTest
    @CsvSource({
        "o1, 1024, 1024, 675", // 75 + 4 * 150
        "o1, 2048, 4096, 975", // 75 + 6 * 150
        "o3, 512, 512, 225", // 75 + 150
        "o3-pro, 1, 1, 225",
        "gpt-5, 1024, 1024, 630", // 70 + 4 * 140
        "gpt-5, 2048, 4096, 910", // 70 + 6 * 140
        "gpt-5.1, 512, 512, 210", // 70 + 140
        "gpt-5-chat-latest, 1, 1, 210"
    })
    void countsTilesOfReasoningModels(String model, int width, int height, long tokens) {
        assertThat(ofSize(model, width, height)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({"3008, 2000", "2048, 4096", "513, 512", "4096, 1", "1, 1", "2147483647, 2147483647", "2147483647, 1"})
    void countsTheSameWhenTurned(int width, int height) {
        for (String model : RULES) {
            assertThat(ofSize(model, width, height)).as(model).isEqualTo(ofSize(model, height, width));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, 85",
        "gpt-4.1, 85",
        "gpt-4.5-preview, 85",
        "gpt-4o-mini, 2833",
        "o1, 75",
        "o3, 75",
        "gpt-5, 70",
        "computer-use-preview, 65"
    })
    void countsLowDetailWithoutTiles(String model, long tokens) {
        assertThat(rule(model).lowDetail()).hasValue(tokens);
        assertThat(rule(model).least()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4.1-mini, 3", // 1.62, rounded up, and 1
        "gpt-4.1-nano, 4", // 2.46, rounded up, and 1
        "o4-mini, 3", // 1.72, rounded up, and 1
        "gpt-5-mini, 3", // 1.2, rounded up, and 1
        "gpt-5-nano, 2" // 1.5, rounded up
    })
    void countsAtLeastAPatchInAnyDetail(String model, long tokens) {
        assertThat(rule(model).lowDetail()).isEmpty();
        assertThat(rule(model).least()).isEqualTo(tokens);
        assertThat(ofSize(model, 1, 1)).isEqualTo(tokens);
        assertThat(ofSize(model, 32, 32)).isEqualTo(tokens);
    }

    /**
     * 1,800 x 2,400 would be 57 x 75 = 4,275 patches. Scaled by sqrt(32 * 32 * 1,536 / (1,800 * 2,400)) = 0.6034 it is
     * 33.94 x 45.25 patches, and with whole patches along the width 33 x 44 = 1,452. This is the example of OpenAI.
     *
     * <p>2,000 x 3,000 is scaled by sqrt(32 * 32 * 1,536 / 6,000,000) = 0.512 to 1,024 x 1,536: 32 x 48 = 1,536 patches.
     *
     * <p>1,024 x 1,536 is that many as it is; 1,025 x 1,536 would be 33 x 48. Scaled by 0.99951 it is 32.016 x 47.977
     * patches, and with whole ones along the height 31.36 x 47: 32 x 47 = 1,504.
     */
    @ParameterizedTest
    @CsvSource({
        "gpt-4.1-mini, 1800, 2400, 2354", // 1452 * 1.62 = 2352.24
        "gpt-4.1-nano, 1800, 2400, 3573", // 1452 * 2.46 = 3571.92
        "o4-mini, 1800, 2400, 2499", // 1452 * 1.72 = 2497.44
        "gpt-5-mini, 1800, 2400, 1744", // 1452 * 1.2 = 1742.4
        "gpt-5-nano, 1800, 2400, 2178", // 1452 * 1.5
        "gpt-4.1-nano, 2000, 3000, 3780", // 1536 * 2.46 = 3778.56
        "o4-mini, 2000, 3000, 2643", // 1536 * 1.72 = 2641.92
        "gpt-5-mini, 2000, 3000, 1845", // 1536 * 1.2 = 1843.2
        "gpt-5-nano, 2000, 3000, 2304", // 1536 * 1.5
        "gpt-5-nano, 1024, 1536, 2304",
        "gpt-5-nano, 1025, 1536, 2256" // 1504 * 1.5
    })
    void shrinksAnImageOfTooManyPatches(String model, int width, int height, long tokens) {
        assertThat(ofSize(model, width, height)).isEqualTo(tokens);
    }

    /**
     * Sides that come to whole patches exactly: 1,040 x 1,560 is 2 : 3, hence 32 x 48 = 1,536 patches; 260 x 5,655 is
     * 8 : 174, hence 8 x 174 = 1,392.
     */
    @ParameterizedTest
    @CsvSource({"1040, 1560, 2304", "260, 5655, 2088"})
    void shrinksToWholePatchesExactly(int width, int height, long tokens) {
        assertThat(ofSize("gpt-5-nano", width, height)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({"4000, 3000", "8000, 8000", "1569, 1024", "65535, 65535", "2147483647, 2147483647"})
    void countsNoMoreThanTheMostPatches(int width, int height) {
        assertThat(ofSize("gpt-5-nano", width, height)).isBetween(2L, 2304L);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 49152", "1, 50000", "50000, 1", "20, 100000", "2147483647, 1"})
    void countsNoImageBelowTheLeast(int width, int height) {
        for (String model : RULES) {
            assertThat(ofSize(model, width, height))
                    .as(model)
                    .isGreaterThanOrEqualTo(rule(model).least());
        }
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
        return rule(model).ofSize(new ImageSize(width, height));
    }

    private static ImageTokens rule(String model) {
        return ImageTokens.of(CountedModel.of(model, null)).orElseThrow();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
