package io.github.llmbudget.cassette;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Parameters of a query that carry a key or a signature. They are never written, and do not count in comparisons. */
final class KeyParameters {

    /** In lower case, without hyphens and underscores. */
    private static final Set<String> NAMES = Set.of(
            "key",
            "apikey",
            "xapikey",
            "accesskey",
            "accesstoken",
            "authorization",
            "auth",
            "authtoken",
            "clientsecret",
            "code",
            "password",
            "secret",
            "sig",
            "signature",
            "subscriptionkey",
            "token");

    private KeyParameters() {}

    static String without(String path) {
        int query = path.indexOf('?');
        if (query < 0) {
            return path;
        }
        String others = Arrays.stream(path.substring(query + 1).split("&", -1))
                .filter(parameter -> !isKey(parameter))
                .collect(Collectors.joining("&"));
        return path.substring(0, query) + (others.isEmpty() ? "" : "?" + others);
    }

    private static boolean isKey(String parameter) {
        String name = parameter.split("=", 2)[0].toLowerCase(Locale.ROOT);
        return NAMES.contains(name.replace("-", "").replace("_", ""))
                // The parts of a signed address differ each time.
                || name.startsWith("x-amz-")
                || name.startsWith("x-goog-");
    }
}
