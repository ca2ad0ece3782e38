package io.github.llmbudget.client;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.usage.CallWatch;
import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** The bytes of an answer, watched as they are read. */
final class WatchedSource extends ForwardingSource {

    private static final int BUFFER_SIZE = 8192;

    private final CallWatch watch;
    private final byte[] bytes = new byte[BUFFER_SIZE];

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
            Buffer copy = new Buffer();
            sink.copyTo(copy, sink.size() - length, length);
            while (!copy.exhausted()) {
                watch.passed(bytes, 0, copy.read(bytes));
            }
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        watch.ended(CallStatus.CUT);
        super.close();
    }
}
