package io.github.llmbudget.client;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.usage.CallWatch;
import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** The bytes of an answer, watched as they are read. */
final class WatchedSource extends ForwardingSource {

    private final CallWatch watch;
    private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();

    WatchedSource(Source source, CallWatch watch) {
        super(source);
        this.watch = watch;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        long length;
        try {
            length = super.read(sink, byteCount);
        } catch (IOException e) {
            watch.ended(CallStatus.CUT);
            throw e;
        }
        if (length < 0) {
            watch.ended(CallStatus.COMPLETE);
        } else {
            pass(sink, length);
        }
        return length;
    }

    /** Shows the bytes that have come last where they are: to copy them would cost more than to read them. */
    private void pass(Buffer sink, long length) {
        try (Buffer.UnsafeCursor at = sink.readUnsafe(cursor)) {
            for (int size = at.seek(sink.size() - length); size > 0; size = at.next()) {
                watch.passed(at.data, at.start, size);
            }
        }
    }

    @Override
    public void close() throws IOException {
        watch.ended(CallStatus.CUT);
        super.close();
    }
}
