package io.github.llmbudget.client;

import io.github.llmbudget.wire.HttpExchange;
import java.util.AbstractList;
import okhttp3.Headers;

/** The headers of OkHttp as those of an exchange, without a copy of them. */
final class HeaderView extends AbstractList<HttpExchange.Header> {

    private final Headers headers;

    HeaderView(Headers headers) {
        this.headers = headers;
    }

    @Override
    public HttpExchange.Header get(int index) {
        return new HttpExchange.Header(headers.name(index), headers.value(index));
    }

    @Override
    public int size() {
        return headers.size();
    }
}
