package io.github.llmbudget.cassette;

import java.util.Locale;

/** The type in a Content-Type header, without its parameters. */
final class MediaType {

    private MediaType() {}

    static String of(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
