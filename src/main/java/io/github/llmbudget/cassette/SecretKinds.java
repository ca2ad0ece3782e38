package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a secret looks like: the keys of well-known services, and those the caller knows. A key that is masked, or only spoken
 * of, is none; neither is what happens to begin like one inside of an encoded image.
 */
final class SecretKinds {

    /**
     * Where a letter, digit, underscore or hyphen stands before, a key does not begin, unless it is the last of an escape: of a
     * URL, or of a text within a text. What stands before a key is often the equals sign of a variable or a parameter.
     */
    private static final String BEGIN =
            "(?:(?<![A-Za-z0-9_-])|(?<=%[0-9A-Fa-f]{2})|(?<=\\\\[bfnrt])|(?<=\\\\u[0-9A-Fa-f]{4}))";

    private static final String END = "(?![A-Za-z0-9_+/=-])";

    /** What is shorter is a word that any text may hold: servers without keys are given any. */
    private static final int SHORTEST_EXACT = 16;

    /** In keys there are long runs without a hyphen; in prose there are none. */
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]{16,}");

    private static final Pattern DIGIT = Pattern.compile("[0-9]");
    private static final Pattern LETTER = Pattern.compile("[A-Za-z]");

    private static final Pattern ARTICLE = Pattern.compile("^(?:an?|the) ");
    private static final String IN_USE = "the key in use";

    private static final List<Kind> KINDS = List.of(
            key("an Anthropic key", "sk-ant-[A-Za-z0-9_-]{20,}", true),
            key("an OpenRouter key", "sk-or-[A-Za-z0-9_-]{20,}", true),
            key("an OpenAI key", "sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}", true),
            key("a key of OpenAI's form", "sk-[A-Za-z0-9_-]{20,}", true),
            key("a Google key", "AIza[A-Za-z0-9_-]{35}" + END, false),
            key("a Google access token", "ya29\\.[A-Za-z0-9_-]{20,}", true),
            key("an AWS access key", "(?:AKIA|ASIA)[A-Z2-7]{16}" + END, false),
            key("a GitHub token", "(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})", false),
            key("a Slack token", "xox[abeoprs]-[A-Za-z0-9-]{10,}", false),
            key("a Hugging Face token", "hf_[A-Za-z0-9]{30,}" + END, false),
            key("a Groq key", "gsk_[A-Za-z0-9]{40,}" + END, false),
            key("an xAI key", "xai-[A-Za-z0-9]{40,}" + END, false),
            key("a Perplexity key", "pplx-[A-Za-z0-9]{40,}" + END, false),
            key("a Cerebras key", "csk-[A-Za-z0-9]{40,}" + END, false),
            key("an NVIDIA key", "nvapi-[A-Za-z0-9_-]{40,}", false),
            key("a Replicate token", "r8_[A-Za-z0-9]{30,}" + END, false),
            key("a GitLab token", "glpat-[A-Za-z0-9_-]{20,}", false),
            key("a Stripe key", "[rs]k_live_[A-Za-z0-9]{20,}" + END, false),
            key("an npm token", "npm_[A-Za-z0-9]{36}" + END, false),
            key("a JSON web token", "eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}", false),
            new Kind("a bearer token", Pattern.compile("\\b(?:[Bb]earer|BEARER)\\s+[A-Za-z0-9._~+/-]{20,}=*"), true),
            new Kind(
                    "a private key",
                    // All of it, escaped or not, so that nothing is left when it is masked.
                    Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\s|\\\\n)*[A-Za-z0-9+/]{32}"
                            + "[A-Za-z0-9+/=\\s\\\\]*(?:-----END [A-Z ]*PRIVATE KEY-----)?"),
                    false));

    /** No kind matches a text that has none of these: most texts are done with here, fast. */
    private static final List<String> HINTS = List.of(
            "sk-",
            "AIza",
            "ya29.",
            "AKIA",
            "ASIA",
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_",
            "xox",
            "hf_",
            "gsk_",
            "xai-",
            "pplx-",
            "csk-",
            "nvapi-",
            "r8_",
            "glpat-",
            "k_live_",
            "npm_",
            "eyJ",
            "earer",
            "EARER",
            "PRIVATE KEY");

    private final List<String> exact = new ArrayList<>();

    /**
     * Creates the kinds of a run.
     *
     * @param secrets the keys in use
     */
    SecretKinds(Set<String> secrets) {
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_EXACT) {
                exact.add(secret);
                exact.add(URLEncoder.encode(secret, UTF_8));
                exact.addAll(inBase64(secret.getBytes(UTF_8)));
            }
        }
    }

    /** Whatever stands before a text shifts its base64; without the ends, which depend on what is around, it is found. */
    private static List<String> inBase64(byte[] secret) {
        List<String> encoded = new ArrayList<>();
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + secret.length];
            System.arraycopy(secret, 0, shifted, shift, secret.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            String middle = text.substring(shift == 0 ? 0 : shift + 1, text.length() - 1);
            encoded.add(middle);
            encoded.add(middle.replace('+', '-').replace('/', '_'));
        }
        return encoded;
    }

    private static Kind key(String name, String expression, boolean doubtful) {
        return new Kind(name, Pattern.compile(BEGIN + expression), doubtful);
    }

    /** Says what kind of secret is in a text, if there is one. */
    Optional<String> in(String text) {
        for (String secret : exact) {
            if (text.contains(secret)) {
                return Optional.of(IN_USE);
            }
        }
        return mayHoldOne(text)
                ? KINDS.stream().filter(kind -> kind.isIn(text)).map(Kind::name).findFirst()
                : Optional.empty();
    }

    private static boolean mayHoldOne(String text) {
        return text.length() >= SHORTEST_EXACT && HINTS.stream().anyMatch(text::contains);
    }

    /** Puts the name of its kind in the place of each secret in a text. */
    String mask(String text) {
        String masked = text;
        for (String secret : exact) {
            masked = masked.replace(secret, maskOf(IN_USE));
        }
        if (mayHoldOne(masked)) {
            for (Kind kind : KINDS) {
                masked = kind.mask(masked);
            }
        }
        return masked;
    }

    /** Says what stood in a place, such as {@code [secret: OpenAI key]}. */
    static String maskOf(String kind) {
        return "[secret: " + ARTICLE.matcher(kind).replaceFirst("") + "]";
    }

    /** A kind of key; of one that is doubtful, the look decides whether it is random enough. */
    private record Kind(String name, Pattern pattern, boolean doubtful) {

        boolean isIn(String text) {
            return pattern.matcher(text).results().anyMatch(this::isOne);
        }

        String mask(String text) {
            String mask = maskOf(name);
            return pattern.matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(isOne(found) ? mask : found.group()));
        }

        private boolean isOne(MatchResult found) {
            return !doubtful || looksRandom(found.group());
        }

        private static boolean looksRandom(String key) {
            Matcher run = RUN.matcher(key);
            while (run.find()) {
                if (DIGIT.matcher(run.group()).find()
                        && LETTER.matcher(run.group()).find()) {
                    return true;
                }
            }
            return false;
        }
    }
}
