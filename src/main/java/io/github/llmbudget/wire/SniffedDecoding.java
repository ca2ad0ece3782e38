package io.github.llmbudget.wire;

import org.jspecify.annotations.Nullable;

/**
 * Undoes a content coding if the body has it. Proxies and recorders unpack bodies and leave the header as it was, so
 * the first bytes have the last word.
 */
final class SniffedDecoding implements Decoding {

    static final String IDENTITY = "identity";

    private static final int[] GZIP_MAGIC = {0x1F, 0x8B, 0x08};

    private final String coding;
    private final ByteSink sink;
    private final Decoding plain;
    private final byte[] head = new byte[TextLook.LENGTH];
    private int headLength;
    private @Nullable Decoding chosen;

    /**
     * Creates a decoding.
     *
     * @param coding its name in lower case
     * @param sink takes the decoded bytes
     */
    SniffedDecoding(String coding, ByteSink sink) {
        this.coding = coding;
        this.sink = sink;
        this.plain = new PlainBody(sink);
    }

    /** Begins again with another body. */
    void clear() {
        headLength = 0;
        chosen = null;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (chosen == null && position < end) {
            head[headLength++] = bytes[position++];
            begin(choose(false));
        }
        if (chosen != null && position < end) {
            chosen.accept(bytes, position, end - position);
        }
    }

    @Override
    public void finish() {
        if (chosen == null && headLength > 0) {
            begin(choose(true));
        }
        if (chosen != null) {
            chosen.finish();
        }
    }

    @Override
    public @Nullable String problem() {
        return chosen == null ? null : chosen.problem();
    }

    private void begin(@Nullable Decoding decoding) {
        chosen = decoding;
        if (decoding != null) {
            decoding.accept(head, 0, headLength);
        }
    }

    private @Nullable Decoding choose(boolean over) {
        boolean namedGzip = coding.equals("gzip") || coding.equals("x-gzip");
        int magicLength = namedGzip ? 2 : GZIP_MAGIC.length;
        if (startsAsGzip(magicLength)) {
            if (headLength >= magicLength) {
                return new GzipDecoding(sink);
            }
            if (!over) {
                return null;
            }
        }
        if (namedGzip || coding.equals(IDENTITY)) {
            return plain;
        }
        return switch (TextLook.of(head, headLength)) {
            case TEXT -> plain;
            case PERHAPS -> over ? plain : null;
            case NO_TEXT -> packed();
        };
    }

    private boolean startsAsGzip(int magicLength) {
        int compared = Math.min(headLength, magicLength);
        for (int i = 0; i < compared; i++) {
            if ((head[i] & 0xFF) != GZIP_MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private Decoding packed() {
        return switch (coding) {
            case "deflate" -> new DeflateDecoding(sink);
            case "br" -> new BrotliDecoding(sink);
            default -> new UnreadableBody(coding);
        };
    }

    private record PlainBody(ByteSink sink) implements Decoding {

        @Override
        public void accept(byte[] bytes, int offset, int length) {
            sink.accept(bytes, offset, length);
        }

        @Override
        public void finish() {
            // Everything was handed on at once.
        }

        @Override
        public @Nullable String problem() {
            return null;
        }
    }

    private record UnreadableBody(String coding) implements Decoding {

        @Override
        public void accept(byte[] bytes, int offset, int length) {
            // Nobody could make sense of it.
        }

        @Override
        public void finish() {
            // Nothing was held back.
        }

        @Override
        public String problem() {
            return "the body is packed as '" + coding + "', which cannot be read";
        }
    }
}
