package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.KeptBody;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts for a reader out of bodies: redacted as a cassette is, with the kind of each secret in its place. What is no
 * text is told of, and not shown. Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class BodyText {

    /** The kinds of media whose bytes no reader reads, though they may pass for a text. */
    private static final Pattern NO_TEXT = Pattern.compile("(?:audio|image|video|font)/.*|application/octet-stream");

    /** What keys are made of, beside letters and digits. */
    private static final String OF_KEYS = "_.+/=~-";

    private final Redaction redaction;
    private final SecretKinds kinds;
    private final SecretMask mask;

    /**
     * Creates the texts of one test.
     *
     * @param rules what must not be written
     * @param secrets the keys in use
     */
    public BodyText(CassetteRules rules, Set<String> secrets) {
        this.redaction = rules.redaction();
        this.kinds = new SecretKinds(secrets);
        this.mask = new SecretMask(kinds);
    }

    /**
     * Makes the text of a body.
     *
     * @param body the body
     * @return the text, or a note in brackets instead; empty if the body is
     */
    public String of(KeptBody body) {
        byte[] bytes = body.bytes();
        Optional<String> problem = body.problem();
        if (problem.isPresent() && bytes.length == 0) {
            return "[" + problem.get() + "]";
        }
        String type = body.contentType() == null ? "" : MediaType.of(body.contentType());
        Optional<String> text = NO_TEXT.matcher(type).matches() ? Optional.empty() : text(bytes, body.leftOut());
        if (text.isEmpty()) {
            return "[" + (type.isEmpty() ? "" : type + ", ") + bytes(bytes.length + body.leftOut()) + "]";
        }
        String shown = shown(text.get().getBytes(UTF_8), body.contentType());
        return body.leftOut() == 0 ? shown : shown + "\n[" + bytes(bytes.length + body.leftOut()) + " in all]";
    }

    private static String bytes(long count) {
        return String.format(Locale.ROOT, "%,d bytes", count);
    }

    /** Decodes a body that may have been cut within a character. */
    private static Optional<String> text(byte[] bytes, long leftOut) {
        if (leftOut == 0) {
            return JsonText.decoded(bytes).filter(text -> text.indexOf('\0') < 0);
        }
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        byte[] whole = Arrays.copyOf(bytes, Math.max(0, end - 1));
        return text(whole, 0).map(BodyText::withoutLastWord);
    }

    /** A key that is cut off may be too short to be known for one. */
    private static String withoutLastWord(String text) {
        int end = text.length();
        while (end > 0 && isOfKeys(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isOfKeys(char next) {
        return (next < 0x80 && Character.isLetterOrDigit(next)) || OF_KEYS.indexOf(next) >= 0;
    }

    private String shown(byte[] body, @Nullable String contentType) {
        StreamKind kind = contentType == null
                ? StreamKind.NONE
                : StreamKind.of(List.of(new HttpExchange.Header("Content-Type", contentType)));
        if (kind == StreamKind.NONE) {
            return new String(masked(body), UTF_8);
        }
        byte[] masked = EventLines.withValues(body, kind, this::masked);
        return inPieces(masked, kind).orElseGet(() -> new String(masked, UTF_8));
    }

    private byte[] masked(byte[] body) {
        return mask.inText(redaction.inAnswer(body)).orElse(body);
    }

    /** What came in pieces, none of which gives it away, cannot be masked; what is shown instead of the whole says so. */
    private Optional<String> inPieces(byte[] stream, StreamKind kind) {
        JoinedTexts joined = new JoinedTexts();
        EventLines.withValues(stream, kind, line -> {
            JsonElement tree = JsonTree.of(new String(line, UTF_8));
            if (tree != null) {
                joined.add(tree);
            }
            return line;
        });
        for (JoinedTexts.Text text : joined.texts()) {
            Optional<String> secret = kinds.in(text.joined()).map(SecretKinds::maskOf);
            if (secret.isPresent()) {
                return secret.map(mask -> mask + " in pieces, hence nothing of the stream is shown");
            }
            if (redaction.patterns().stream().anyMatch(text::spans)) {
                return Optional.of("[redacted, for it came in pieces]");
            }
        }
        return Optional.empty();
    }
}
