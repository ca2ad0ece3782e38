package io.github.llmbudget.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SecretFilterTests {

    private static final String SECRET = "aab";

    @Property(tries = 500)
    void replacesTheSecretHoweverTheBodyIsCut(@ForAll("pieces") List<String> pieces) throws IOException {
        assertThat(read(pieces)).isEqualTo(String.join("", pieces).replace(SECRET, "<hidden>"));
    }

    @Test
    void holdsBackOnlyWhatMayBeginTheSecret() throws IOException {
        InputStream body = new SecretFilter(new Pieces(List.of("xyza", "a", "c")), SECRET, "<hidden>");
        byte[] buffer = new byte[10];

        assertThat(new String(buffer, 0, body.read(buffer), UTF_8)).isEqualTo("xyz");
        assertThat(new String(buffer, 0, body.read(buffer), UTF_8)).isEqualTo("aac");
        assertThat(body.read(buffer)).isEqualTo(-1);
    }

    @Test
    void readsByteByByte() throws IOException {
        InputStream body = new SecretFilter(new ByteArrayInputStream(new byte[] {(byte) 0xff}), SECRET, "");

        assertThat(body.read()).isEqualTo(0xff);
        assertThat(body.read()).isEqualTo(-1);
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.strings()
                .withChars('a', 'b')
                .ofMinLength(1)
                .ofMaxLength(5)
                .list()
                .ofMaxSize(8);
    }

    private static String read(List<String> pieces) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream body = new SecretFilter(new Pieces(pieces), SECRET, "<hidden>")) {
            body.transferTo(read);
        }
        return read.toString(UTF_8);
    }

    /** A body that comes piece by piece. */
    private static final class Pieces extends InputStream {

        private final Deque<String> pieces;

        Pieces(List<String> pieces) {
            this.pieces = new ArrayDeque<>(pieces);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (pieces.isEmpty()) {
                return -1;
            }
            byte[] piece = pieces.remove().getBytes(UTF_8);
            System.arraycopy(piece, 0, buffer, offset, piece.length);
            return piece.length;
        }
    }
}
