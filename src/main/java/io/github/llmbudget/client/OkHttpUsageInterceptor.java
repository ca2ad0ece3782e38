package io.github.llmbudget.client;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.usage.CallRecorder;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.WireFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.apiguardian.api.API;

/**
 * Records the LLM calls of an OkHttp client that talks to the service itself. Add it as an application interceptor; it
 * reads the answer as the caller reads it and keeps nothing back. Calls that go to an endpoint of ours are left to the
 * endpoint. Works with OkHttp 4.12 and 5.
 *
 * <pre>{@code
 * @Test
 * @MaxCost(0.02)
 * void answers(CallRecorder recorder, TokenUsage usage) {
 *     OkHttpClient client = new OkHttpClient.Builder()
 *             .addInterceptor(new OkHttpUsageInterceptor(recorder))
 *             .build();
 * }
 * }</pre>
 *
 * <p>It does not ask the service for the usage of streams: where the request does not ask, tokens are estimated. Retries
 * that OkHttp makes by itself are below it and are not seen. Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class OkHttpUsageInterceptor implements Interceptor {

    private static final String OURS = "/t/";
    private static final Pattern OUR_ADDRESS = Pattern.compile("/t/[0-9a-f]{32}/.*");

    private final CallRecorder recorder;
    private final WireFormats formats = WireFormats.all();

    /**
     * Creates the interceptor of one test.
     *
     * @param recorder takes the calls
     */
    public OkHttpUsageInterceptor(CallRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        String path = request.url().encodedPath();
        if (isOurs(request.url().host(), path)
                || (request.body() != null && request.body().isDuplex())) {
            return chain.proceed(request);
        }
        Request repeatable = repeatable(request);
        CallWatch watch = watch(repeatable, path);
        Response response;
        try {
            response = chain.proceed(repeatable);
        } catch (IOException | RuntimeException e) {
            watch.ended(CallStatus.FAILED);
            throw e;
        }
        watch.answered(new HttpExchange.Response(response.code(), new HeaderView(response.headers())));
        return response.newBuilder()
                .body(new WatchedBody(response.body(), watch))
                .build();
    }

    /** A body that can be written but once is written now. */
    private static Request repeatable(Request request) throws IOException {
        RequestBody once = request.body();
        if (once == null || !once.isOneShot()) {
            return request;
        }
        Buffer copy = new Buffer();
        once.writeTo(copy);
        return request.newBuilder()
                .method(request.method(), RequestBody.create(copy.readByteArray(), once.contentType()))
                .build();
    }

    /** A failure of ours must fail the test, but not the call. */
    private CallWatch watch(Request request, String path) throws IOException {
        String query = request.url().encodedQuery();
        HttpExchange.Request read = HttpExchange.Request.of(
                request.method(),
                query == null ? path : path + "?" + query,
                new HeaderView(request.headers()),
                new SentContent(request.body()),
                request.url().host());
        try {
            return CallWatch.of(formats.find(read), read, recorder, Origin.LIVE);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException e) {
            recorder.failed(e);
            return CallWatch.NONE;
        }
    }

    private static boolean isOurs(String host, String path) {
        return host.equals("127.0.0.1")
                && path.startsWith(OURS)
                && OUR_ADDRESS.matcher(path).matches();
    }
}
