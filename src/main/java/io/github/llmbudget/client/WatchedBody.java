package io.github.llmbudget.client;

import io.github.llmbudget.usage.CallWatch;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The body of an answer, watched as it is read. */
final class WatchedBody extends ResponseBody {

    private final ResponseBody body;
    private final BufferedSource source;

    WatchedBody(ResponseBody body, CallWatch watch) {
        this.body = body;
        this.source = Okio.buffer(new WatchedSource(body.source(), watch));
    }

    @Override
    public @Nullable MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public BufferedSource source() {
        return source;
    }
}
