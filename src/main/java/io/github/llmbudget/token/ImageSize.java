package io.github.llmbudget.token;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The size of an image, as its first bytes tell.
 *
 * @param width in pixels, more than 0
 * @param height in pixels, more than 0
 */
record ImageSize(int width, int height) {

    private static final String BASE64 = ";base64,";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] GIF = ascii("GIF8");
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] RIFF = ascii("RIFF");
    private static final byte[] WEBP = ascii("WEBP");

    private static final int FOURTEEN_BITS = 0x3FFF;
    private static final int THREE_BYTES = 0xFFFFFF;

    /**
     * Reads the size of the image in a {@code data:} URL: PNG, JPEG, GIF or WebP.
     *
     * @return the size; empty for another URL, another format, or bytes that are none of these
     */
    static Optional<ImageSize> ofDataUrl(String url) {
        int data = url.indexOf(BASE64);
        if (!url.startsWith("data:") || data < 0) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(url.substring(data + BASE64.length()));
            return read(ByteBuffer.wrap(bytes)).filter(size -> size.width > 0 && size.height > 0);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // No image, or the beginning of one: its size is as unknown as that of an image elsewhere.
            return Optional.empty();
        }
    }

    private static Optional<ImageSize> read(ByteBuffer bytes) {
        if (begins(bytes, 0, PNG)) {
            return Optional.of(new ImageSize(bytes.getInt(16), bytes.getInt(20)));
        }
        if (begins(bytes, 0, GIF)) {
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            return Optional.of(new ImageSize(unsignedShort(bytes, 6), unsignedShort(bytes, 8)));
        }
        if (begins(bytes, 0, JPEG)) {
            return jpeg(bytes);
        }
        if (begins(bytes, 0, RIFF) && begins(bytes, 8, WEBP)) {
            return webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
        }
        return Optional.empty();
    }

    /** Walks the segments to the frame header. */
    private static Optional<ImageSize> jpeg(ByteBuffer bytes) {
        int at = JPEG.length;
        while (true) {
            while (bytes.get(at) != (byte) 0xFF) {
                at++;
            }
            while (bytes.get(at) == (byte) 0xFF) {
                at++;
            }
            int marker = bytes.get(at) & 0xFF;
            at++;
            boolean isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (isFrame) {
                return Optional.of(new ImageSize(unsignedShort(bytes, at + 5), unsignedShort(bytes, at + 3)));
            }
            boolean isAlone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
            at += isAlone ? 0 : unsignedShort(bytes, at);
        }
    }

    private static Optional<ImageSize> webp(ByteBuffer bytes) {
        byte[] kind = new byte[4];
        bytes.get(12, kind);
        return switch (new String(kind, StandardCharsets.US_ASCII)) {
            case "VP8 " ->
                Optional.of(new ImageSize(
                        unsignedShort(bytes, 26) & FOURTEEN_BITS, unsignedShort(bytes, 28) & FOURTEEN_BITS));
            case "VP8L" -> {
                int packed = bytes.getInt(21);
                yield Optional.of(new ImageSize((packed & FOURTEEN_BITS) + 1, ((packed >>> 14) & FOURTEEN_BITS) + 1));
            }
            case "VP8X" ->
                Optional.of(new ImageSize(
                        (bytes.getInt(24) & THREE_BYTES) + 1, ((bytes.getInt(26) >>> 8) & THREE_BYTES) + 1));
            default -> Optional.empty();
        };
    }

    private static boolean begins(ByteBuffer bytes, int offset, byte[] wanted) {
        return bytes.capacity() >= offset + wanted.length
                && bytes.slice(offset, wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    private static int unsignedShort(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
