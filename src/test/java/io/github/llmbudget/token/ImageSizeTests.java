package io.github.llmbudget.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTests {

    private static final String WEBP_LOSSY = "52494646 00000000 57454250 56503820 00000000 000000 9d012a 2602 7001";
    private static final String WEBP_LOSSLESS = "52494646 00000000 57454250 5650384c 00000000 2f 81816210 00";
    private static final String WEBP_EXTENDED = "52494646 00000000 57454250 56503858 0a000000 00000000 ff3f00 000000";

    @ParameterizedTest
    @CsvSource({
        "png, 1, 1",
        "png, 640, 480",
        "png, 3, 700",
        "jpeg, 1, 1",
        "jpeg, 640, 480",
        "jpeg, 17, 300",
        "gif, 1, 1",
        "gif, 640, 480",
        "gif, 3, 700"
    })
    void readsWhatTheJdkWrites(String format, int width, int height) throws IOException {
        assertThat(ImageSize.ofDataUrl(url(image(format, width, height)))).contains(new ImageSize(width, height));
    }

    /** Cameras put a thumbnail before the picture, with a frame header of its own. */
    @Test
    void readsAJpegBehindOtherSegments() throws IOException {
        assertThat(ImageSize.ofDataUrl(url(photo(640, 480)))).contains(new ImageSize(640, 480));
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

    @ParameterizedTest
    @CsvSource({"1, 1", "17, 300", "640, 480", "2000, 3"})
    void readsAProgressiveJpeg(int width, int height) throws IOException {
        byte[] jpeg = progressiveJpeg(width, height);

        assertThat(HexFormat.of().formatHex(jpeg)).contains("ffc2");
        assertThat(ImageSize.ofDataUrl(url(jpeg))).contains(new ImageSize(width, height));
    }

    @Test
    void readsAJpegWithFillBytesAndMarkersThatStandAlone() {
        assertThat(ImageSize.ofDataUrl(url(hex("ffd8 ff01 ffd0 ffffff e0 0004 0000 ffc0 0011 08 01e0 0280"))))
                .contains(new ImageSize(640, 480));
    }

    /** The numbers of these markers lie among those of frames. */
    @ParameterizedTest
    @ValueSource(strings = {"c4", "c8", "cc"})
    void takesTablesForNoFrame(String marker) {
        assertThat(ImageSize.ofDataUrl(url(hex("ffd8 ff" + marker + " 0009 08 0001 0001 0000 ffc1 0011 08 01e0 0280"))))
                .contains(new ImageSize(640, 480));
    }

    @Test
    void ignoresTheScaleOfALossyWebp() {
        assertThat(ImageSize.ofDataUrl(url(hex(WEBP_LOSSY.replace("2602 7001", "2642 70c1")))))
                .contains(new ImageSize(550, 368));
    }

    @ParameterizedTest
    @CsvSource({
        "52494646 00000000 57454250 56503820 00000000 000000 9d012a ff3f ff3f, 16383, 16383",
        "52494646 00000000 57454250 5650384c 00000000 2f ffffff0f, 16384, 16384",
        "52494646 00000000 57454250 5650384c 00000000 2f 00000000, 1, 1",
        "52494646 00000000 57454250 56503858 0a000000 00000000 ffffff ffffff, 16777216, 16777216",
        "52494646 00000000 57454250 56503858 0a000000 00000000 000000 010000, 1, 2"
    })
    void readsTheSmallestAndTheLargestWebp(String header, int width, int height) {
        assertThat(ImageSize.ofDataUrl(url(hex(header)))).contains(new ImageSize(width, height));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "89504e470d0a1a0a 0000000d 49484452 00000000 00000001",
                "89504e470d0a1a0a 0000000d 49484452 00000001 00000000",
                "89504e470d0a1a0a 0000000d 49484452 ffffffff 00000001",
                "474946383961 0000 0100",
                "474946383961 0100 0000",
                "ffd8 ffc0 0011 08 0000 0280",
                "ffd8 ffc0 0011 08 01e0 0000",
                "52494646 00000000 57454250 56503820 00000000 000000 9d012a 0000 7001",
                "52494646 00000000 57454250 56503820 00000000 000000 9d012a 2602 0000"
            })
    void knowsNoSizeThatIsNone(String header) {
        assertThat(ImageSize.ofDataUrl(url(hex(header)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffd8",
                "ffd8 ffff ffff ffff",
                "ffd8 ffe0 0000 0000",
                "ffd8 ffe0 ffff 0000",
                "ffd8 0000 0000 0000",
                "52494646 00000000 57454250",
                "52494646 00000000 57454250 414c5048 00000000 00000000 00000000 00000000",
                "52494646 00000000 57415645 56503820 00000000 000000 9d012a 2602 7001",
                "00000020 66747970 61766966 00000000 61766966 6d696631 6d696166 4d413141"
            })
    void knowsNoSizeOfOtherBytes(String bytes) {
        assertThat(ImageSize.ofDataUrl(url(hex(bytes)))).isEmpty();
    }

    @Test
    void knowsNoSizeBehindAnyOtherUrl() throws IOException {
        String data = Base64.getEncoder().encodeToString(image("png", 640, 480));
        String svg =
                Base64.getEncoder().encodeToString("<svg width='10' height='10'/>".getBytes(StandardCharsets.UTF_8));

        assertThat(ImageSize.ofDataUrl("https://example.com/a.png?;base64," + data))
                .isEmpty();
        assertThat(ImageSize.ofDataUrl("data:image/png," + data)).isEmpty();
        assertThat(ImageSize.ofDataUrl("data:image/svg+xml;base64," + svg)).isEmpty();
        assertThat(ImageSize.ofDataUrl(data)).isEmpty();
    }

    @Test
    void needsNeitherTheKindNorTheWholeOfAnImage() throws IOException {
        byte[] beginning = Arrays.copyOf(image("png", 640, 480), 24);

        assertThat(ImageSize.ofDataUrl("data:;base64," + Base64.getEncoder().encodeToString(beginning)))
                .contains(new ImageSize(640, 480));
    }

    @ParameterizedTest
    @MethodSource("images")
    void knowsTheSizeOfABeginningOrNone(String kind, byte[] whole, ImageSize size) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int length = 0; length < whole.length; length++) {
                assertThat(ImageSize.ofDataUrl(url(Arrays.copyOf(whole, length)))
                                .orElse(size))
                        .as("%s of %d bytes", kind, length)
                        .isEqualTo(size);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("images")
    void survivesAnyByteThatIsFlipped(String kind, byte[] whole, ImageSize size) {
        assertThat(ImageSize.ofDataUrl(url(whole))).as(kind).contains(size);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int at = 0; at < whole.length; at++) {
                for (int mask : new int[] {0x01, 0x10, 0x80, 0xFF, whole[at] & 0xFF, ~whole[at] & 0xFF}) {
                    byte[] flipped = whole.clone();
                    flipped[at] = (byte) (flipped[at] ^ mask);
                    ImageSize.ofDataUrl(url(flipped)).ifPresent(found -> {
                        assertThat(found.width()).isPositive();
                        assertThat(found.height()).isPositive();
                    });
                }
            }
        });
    }

    private static Stream<Arguments> images() throws IOException {
        return Stream.of(
                arguments("png", image("png", 64, 48), new ImageSize(64, 48)),
                arguments("gif", image("gif", 64, 48), new ImageSize(64, 48)),
                arguments("jpeg", image("jpeg", 64, 48), new ImageSize(64, 48)),
                arguments("progressive jpeg", progressiveJpeg(64, 48), new ImageSize(64, 48)),
                arguments("photo", photo(64, 48), new ImageSize(64, 48)),
                arguments("lossy webp", hex(WEBP_LOSSY), new ImageSize(550, 368)),
                arguments("lossless webp", hex(WEBP_LOSSLESS), new ImageSize(386, 395)),
                arguments("extended webp", hex(WEBP_EXTENDED), new ImageSize(16384, 1)));
    }

    private static byte[] photo(int width, int height) throws IOException {
        byte[] jpeg = image("jpeg", width, height);
        byte[] thumbnail = image("jpeg", 16, 12);
        ByteArrayOutputStream camera = new ByteArrayOutputStream();
        camera.write(jpeg, 0, 2);
        camera.write(new byte[] {(byte) 0xFF, (byte) 0xE1});
        camera.write((thumbnail.length + 2) >> 8);
        camera.write(thumbnail.length + 2);
        camera.write(thumbnail);
        camera.write(new byte[] {(byte) 0xFF, (byte) 0xFF});
        camera.write(jpeg, 3, jpeg.length - 3);
        return camera.toByteArray();
    }

    private static byte[] progressiveJpeg(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam progressive = writer.getDefaultWriteParam();
        progressive.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            writer.write(null, new IIOImage(image, null, null), progressive);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
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
