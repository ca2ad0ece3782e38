package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests one request after the other: equal bodies to the same path make the same text. Used by one thread at a time. */
final class RequestDigest {

    private static final Remembered<byte[]> FIRST_LINES = new Remembered<>(path -> (path + '\n').getBytes(UTF_8));

    /** So many bytes tell apart the requests of a run. */
    private static final int LENGTH = 8;

    private final MessageDigest sha = sha();
    private final byte[] sum = new byte[sha.getDigestLength()];

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    void begin(String path) {
        sha.update(FIRST_LINES.about(path));
    }

    void add(byte[] bytes, int offset, int length) {
        sha.update(bytes, offset, length);
    }

    /** Returns the digest of what was added. */
    String end() {
        try {
            sha.digest(sum, 0, sum.length);
        } catch (DigestException e) {
            throw new IllegalStateException("There is room for the digest", e);
        }
        return HexFormat.of().formatHex(sum, 0, LENGTH);
    }
}
