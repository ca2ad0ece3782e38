package io.github.llmbudget.client;

import io.github.llmbudget.wire.ByteSink;
import io.github.llmbudget.wire.RequestContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as OkHttp sends it, written anew each time it is looked at: to keep a copy of every prompt would
 * cost more than to write the few that are looked at twice.
 *
 * @param body the body, which can be written more than once; {@code null} if there is none
 */
record SentContent(@Nullable RequestBody body) implements RequestContent {

    @Override
    public byte[] bytes() {
        return written().readByteArray();
    }

    @Override
    public void passTo(ByteSink sink) {
        Buffer written = written();
        try (Buffer.UnsafeCursor at = written.readUnsafe(new Buffer.UnsafeCursor())) {
            for (int size = at.next(); size > 0; size = at.next()) {
                sink.accept(at.data, at.start, size);
            }
        }
        written.clear();
    }

    private Buffer written() {
        Buffer written = new Buffer();
        try {
            if (body != null) {
                body.writeTo(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The body of the request cannot be written: " + e.getMessage(), e);
        }
        return written;
    }
}
