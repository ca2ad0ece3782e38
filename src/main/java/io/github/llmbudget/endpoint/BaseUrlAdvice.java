package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.Remembered;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to tell somebody whose client was given the wrong one of two base URLs. The endpoint serves it all the same, and
 * the real service would not.
 */
final class BaseUrlAdvice {

    /** Operations whose version comes from the base URL, without one. */
    private static final Pattern WITHOUT_VERSION = Pattern.compile(
            "/+(chat/completions|completions|embeddings|responses|moderations|images/generations|audio/[a-z]+)(?=[/?]|$)");

    /** What begins at the root of a service, below a version. DeepInfra has the operations of OpenAI there. */
    private static final Pattern BELOW_VERSION = Pattern.compile(
            "/+v1/+(v\\d+[a-z]*\\d*|openai(?!/(?:chat/completions|completions|embeddings))|anthropic|api|ml|model)/");

    private static final Remembered<Optional<String>> PATHS = new Remembered<>(BaseUrlAdvice::sought);

    private BaseUrlAdvice() {}

    /** Returns what is wrong with a path below the address of a test, and the cure. */
    static Optional<String> about(String path) {
        return PATHS.about(path);
    }

    private static Optional<String> sought(String path) {
        Matcher without = WITHOUT_VERSION.matcher(path);
        if (without.lookingAt()) {
            return Optional.of("a client called /" + without.group(1)
                    + ", without the version that the service wants: it was given"
                    + " rootUrl(), and needs baseUrl(). The call was counted all the same.");
        }
        Matcher below = BELOW_VERSION.matcher(path);
        return below.lookingAt()
                ? Optional.of(
                        "a client called " + path.replaceFirst("[?].*", "") + ", with /v1 before " + below.group(1)
                                + ": it was given baseUrl(), and needs rootUrl(). The call was counted all the same.")
                : Optional.empty();
    }
}
