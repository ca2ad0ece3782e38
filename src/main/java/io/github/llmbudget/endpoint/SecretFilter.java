package io.github.llmbudget.endpoint;

import java.io.IOException;
import java.io.InputStream;
import okio.Buffer;
import okio.ByteString;

/** Replaces a secret in a body as it comes. Only what may be the beginning of the secret waits for what follows. */
final class SecretFilter extends InputStream {

    private static final int BUFFER_SIZE = 8192;

    private final InputStream body;
    private final ByteString secret;
    private final ByteString substitute;
    private final byte[] chunk = new byte[BUFFER_SIZE];
    private final Buffer held = new Buffer();
    private final Buffer ready = new Buffer();

    SecretFilter(InputStream body, String secret, String substitute) {
        this.body = body;
        this.secret = ByteString.encodeUtf8(secret);
        this.substitute = ByteString.encodeUtf8(substitute);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (ready.exhausted()) {
            int read = body.read(chunk);
            if (read >= 0) {
                held.write(chunk, 0, read);
                release();
            } else if (held.exhausted()) {
                return -1;
            } else {
                ready.writeAll(held);
            }
        }
        return ready.read(buffer, offset, length);
    }

    private void release() throws IOException {
        for (long found = held.indexOf(secret); found >= 0; found = held.indexOf(secret)) {
            ready.write(held, found);
            ready.write(substitute);
            held.skip(secret.size());
        }
        int beginning = (int) Math.min(held.size(), secret.size() - 1L);
        while (!held.rangeEquals(held.size() - beginning, secret, 0, beginning)) {
            beginning--;
        }
        ready.write(held, held.size() - beginning);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
