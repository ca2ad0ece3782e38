package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTests {

    @ParameterizedTest
    @CsvSource({"png, 1, 1", "png, 640, 480", "png, 3, 700", "jpeg, 640, 480", "jpeg, 17, 300", "gif, 640, 480"})
    void readsWhatTheJdkWrites(String format, int width, int height) throws IOException {
        assertThat(ImageSize.ofDataUrl(url(image(format, width, height)))).contains(new ImageSize(width, height));
    }

    /** Cameras put a thumbnail before the picture, with a frame header of its own. */
    @Test
    void readsAJpegBehindOtherSegments() throws IOException {
        byte[] jpeg = image("jpeg", 640, 480);
        byte[] thumbnail = image("jpeg", 16, 12);
        ByteArrayOutputStream camera = new ByteArrayOutputStream();
        camera.write(jpeg, 0, 2);
        camera.write(new byte[] {(byte) 0xFF, (byte) 0xE1});
        camera.write((thumbnail.length + 2) >> 8);
        camera.write(thumbnail.length + 2);
        camera.write(thumbnail);
        camera.write(new byte[] {(byte) 0xFF, (byte) 0xFF});
        camera.write(jpeg, 3, jpeg.length - 3);

        assertThat(ImageSize.ofDataUrl(url(camera.toByteArray()))).contains(new ImageSize(640, 480));
    }

    /** Lossy, lossless and extended: 550 x 368, 386 x 395 and 16,384 x 1. */
    @ParameterizedTest
    @CsvSource({
        "52494646 00000000 57454250 56503820 00000000 000000 9d012a 2602 7001, 550, 368",
        "52494646 00000000 57454250 5650384c 00000000 2f 81816210 00, 386, 395",
        "52494646 00000000 57454250 56503858 0a000000 00000000 ff3f00 000000, 16384, 1"
    })
    void readsWebp(String header, int width, int height) {
        byte[] bytes = HexFormat.of().parseHex(header.replace(" ", ""));

        assertThat(ImageSize.ofDataUrl(url(bytes))).contains(new ImageSize(width, height));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.png",
                "data:image/svg+xml,<svg width='10' height='10'/>",
                "data:image/png;base64,",
                "data:image/png;base64,iVBORw0KGgo",
                "data:image/png;base64,not base64 at all!",
                "data:image/gif;base64,R0lGODlhAAAAAA==",
                "data:application/pdf;base64,JVBERi0xLjcKJcfs",
                ""
            })
    void knowsNoSizeOfAnythingElse(String url) {
        assertThat(ImageSize.ofDataUrl(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void survivesWhatIsCutOrDamaged(String format) throws IOException {
        byte[] whole = image(format, 64, 48);
        Random random = new Random(format.hashCode());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int length = 0; length < whole.length; length++) {
                Optional<ImageSize> cut = ImageSize.ofDataUrl(url(Arrays.copyOf(whole, length)));
                assertThat(cut.orElse(new ImageSize(64, 48))).isEqualTo(new ImageSize(64, 48));
            }
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(Math.min(damaged.length, 400))] = (byte) random.nextInt(256);
                ImageSize.ofDataUrl(url(damaged))
                        .ifPresent(size -> assertThat(size.width()).isPositive());
            }
        });
    }

    private static byte[] image(String format, int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes))
                .isTrue();
        return bytes.toByteArray();
    }

    private static String url(byte[] bytes) {
        String kind = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
        return "data:image/" + kind + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
