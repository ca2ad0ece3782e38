package io.github.llmbudget.usage;

import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.KeptBody;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What was asked and answered in one call, with all its secrets. Safe for use by many threads: of a call that its test did
 * not await, the answer may still come.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class KeptExchange implements AnswerListener {

    /** Where clients put a key: OpenAI's, Anthropic's, Azure's, Gemini's. */
    private static final Set<String> KEY_HEADERS = Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

    private final KeptBody request;
    private final Set<String> keys;
    private volatile @Nullable KeptBody answer;

    KeptExchange(HttpExchange.Request sent) {
        this.request = new KeptBody(sent.headers());
        this.keys = keys(sent.headers());
        request.accept(sent.body(), 0, sent.body().length);
        request.finish();
    }

    /** The scheme before a key is a word that no answer repeats, so it does no harm among them. */
    private static Set<String> keys(List<HttpExchange.Header> headers) {
        return headers.stream()
                .filter(header -> KEY_HEADERS.contains(header.name().toLowerCase(Locale.ROOT)))
                .flatMap(header -> Arrays.stream(header.value().strip().split("\\s+")))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void answered(HttpExchange.Response head) {
        answer = new KeptBody(head.headers());
    }

    @Override
    public void passed(byte[] bytes, int offset, int length) {
        KeptBody body = answer;
        if (body != null) {
            body.accept(bytes, offset, length);
        }
    }

    @Override
    public void ended() {
        KeptBody body = answer;
        if (body != null) {
            body.finish();
        }
    }

    /**
     * Returns what was asked.
     *
     * @return the body of the request as the client sent it
     */
    public KeptBody request() {
        return request;
    }

    /**
     * Returns what was answered.
     *
     * @return the body of the answer, as far as it came; empty if none came
     */
    public Optional<KeptBody> answer() {
        return Optional.ofNullable(answer);
    }

    /**
     * Returns the keys that the client sent.
     *
     * @return what stood in the headers that are for keys
     */
    public Set<String> keys() {
        return keys;
    }
}
