package io.github.llmbudget.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * A style or a script that stands in the page itself, and that the page allows by its digest.
 *
 * @param element the name of its element
 * @param text what it says
 */
record Inline(String element, String text) {

    static Inline read(String element, String resource) {
        try (InputStream in = Objects.requireNonNull(Inline.class.getResourceAsStream(resource), resource)) {
            // A browser takes the digest after it has read all line ends as one kind.
            return new Inline(element, new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns this one after something that comes before it. */
    Inline after(String before) {
        return new Inline(element, before + text);
    }

    /** Returns the source as a policy names it. */
    String source() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String html() {
        return "<" + element + ">" + text + "</" + element + ">";
    }
}
