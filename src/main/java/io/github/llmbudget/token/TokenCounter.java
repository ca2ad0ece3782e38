package io.github.llmbudget.token;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Locale;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of a text in the encoding of a model. The encoding is loaded when the first text is counted and
 * takes a few tenths of a second then; a run that never counts never loads one.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class TokenCounter {

    private final EncodingType type;

    private TokenCounter(EncodingType type) {
        this.type = type;
    }

    /**
     * Returns the counter for a model.
     *
     * @param model the model's name; a name nobody knows counts as one of the newest models
     * @return the counter
     */
    public static TokenCounter forModel(@Nullable String model) {
        return new TokenCounter(model == null ? EncodingType.O200K_BASE : encodingOf(model));
    }

    /**
     * Counts the tokens of a text. Text that looks like a special token, such as {@code <|endoftext|>}, counts as text.
     *
     * @param text any text
     * @return the number of tokens
     */
    public int count(String text) {
        return text.isEmpty() ? 0 : Loaded.encoding(type).countTokensOrdinary(text);
    }

    /**
     * Returns the name of the encoding.
     *
     * @return for example {@code o200k_base}
     */
    public String encoding() {
        return type.getName();
    }

    private static EncodingType encodingOf(String model) {
        String name = bareName(model);
        if (name.startsWith("text-davinci-002") || name.startsWith("text-davinci-003") || name.startsWith("code-")) {
            return EncodingType.P50K_BASE;
        }
        if (name.endsWith("-001") || name.matches("(davinci|curie|babbage|ada)(:.*)?")) {
            return EncodingType.R50K_BASE;
        }
        if (name.startsWith("gpt-3.5")
                || name.equals("gpt-4")
                || name.startsWith("gpt-4-")
                || name.startsWith("text-embedding-")
                || name.startsWith("babbage-002")
                || name.startsWith("davinci-002")) {
            return EncodingType.CL100K_BASE;
        }
        return EncodingType.O200K_BASE;
    }

    private static String bareName(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        if (name.startsWith("ft:")) {
            name = name.substring("ft:".length());
        }
        return name.substring(name.lastIndexOf('/') + 1).replace("gpt-35", "gpt-3.5");
    }

    /** Holds the registry apart, so that the tokenizer library is not touched before something is counted. */
    private static final class Loaded {

        private static final EncodingRegistry REGISTRY = com.knuddels.jtokkit.Encodings.newLazyEncodingRegistry();

        private Loaded() {}

        static Encoding encoding(EncodingType type) {
            return REGISTRY.getEncoding(type);
        }
    }
}
