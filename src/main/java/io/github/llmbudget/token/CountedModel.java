package io.github.llmbudget.token;

import io.github.llmbudget.call.EstimateReason;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a model's name tells about how its tokens are counted. Immutable, hence safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class CountedModel {

    /** How a service puts a conversation into tokens. */
    enum Dialect {
        /** OpenAI's models that answer at once. */
        GPT,
        /** OpenAI's models that reason first; their rendering differs in the frames. */
        REASONING,
        /** Models of others. What they put around the texts is not known. */
        FOREIGN
    }

    private static final Set<String> OPENAI_SERVICES = Set.of("openai", "azure");

    private static final Pattern FIRST_MODELS = Pattern.compile(".*-001|(davinci|curie|babbage|ada)(:.*)?");
    private static final Pattern SECOND_GENERATION = Pattern.compile("text-davinci-00[23].*|code-.*");
    private static final Pattern GENERATION_OF_GPT_4 =
            Pattern.compile("gpt-3\\.5.*|gpt-4(-.*)?|text-embedding-.*|(babbage|davinci)(-002|:20\\d\\d-).*");
    private static final Pattern SINCE_GPT_4O = Pattern.compile(
            "gpt-(4o|4\\.|5|oss|audio|realtime|image).*|chatgpt-.*|o[1-9]([.-].*)?|codex.*|computer-use.*");
    private static final Pattern REASONING = Pattern.compile("o[1-9]([.-].*)?|gpt-(5|oss).*|codex.*|computer-use.*");

    /** Names of models that others make; services of OpenAI and of nobody known serve them too. */
    private static final Pattern MADE_BY_OTHERS = Pattern.compile(
            "(claude|gemini|gemma|palm|mi[sx]tral|ministral|magistral|devstral|codestral|pixtral|(meta-)?llama|grok|deepseek|"
                    + "qwen|qwq|kimi|moonshot|glm|command|c4ai|aya|embed-|phi|nova|titan|jamba|sonar|palmyra|granite|"
                    + "nemotron|voyage|minimax|yi-|falcon|mercury|seed|hunyuan|ernie|solar|exaone).*");

    /** Models of others that reason without showing it. */
    private static final Pattern HIDDEN_REASONING_OF_OTHERS =
            Pattern.compile("gemini-(2\\.5|[3-9]).*|grok-(3-mini|4|[5-9])(?!.*non-reasoning).*");

    private static final Pattern GENERATION = Pattern.compile("gpt-(\\d)(?:\\.(\\d{1,3}))?(?![\\do]).*");

    private final String name;
    private final Dialect dialect;
    private final TextEncoding encoding;
    private final Set<EstimateReason> reasons;

    private CountedModel(String name, Dialect dialect, TextEncoding encoding, Set<EstimateReason> reasons) {
        this.name = name;
        this.dialect = dialect;
        this.encoding = encoding;
        this.reasons = reasons;
    }

    /**
     * Looks at a model's name.
     *
     * @param model the name, {@code null} if nobody told it
     * @param service the service that has the model, such as {@code openai}; {@code null} if it is not known
     * @return what it tells
     */
    public static CountedModel of(@Nullable String model, @Nullable String service) {
        String name = model == null ? "" : bareName(model);
        boolean madeByOthers = MADE_BY_OTHERS.matcher(name).matches();
        TextEncoding encoding = madeByOthers ? null : encodingOf(name);
        if (encoding != null) {
            Dialect dialect = REASONING.matcher(name).matches() ? Dialect.REASONING : Dialect.GPT;
            return new CountedModel(name, dialect, encoding, Set.of());
        }
        if (madeByOthers || !(service == null || OPENAI_SERVICES.contains(service))) {
            return new CountedModel(
                    name, Dialect.FOREIGN, TextEncoding.O200K, Set.of(EstimateReason.FOREIGN_TOKENIZER));
        }
        return new CountedModel(name, Dialect.GPT, TextEncoding.O200K, Set.of(EstimateReason.UNKNOWN_MODEL));
    }

    private static @Nullable TextEncoding encodingOf(String name) {
        if (GENERATION_OF_GPT_4.matcher(name).matches()) {
            return TextEncoding.CL100K;
        }
        if (SECOND_GENERATION.matcher(name).matches()) {
            return TextEncoding.P50K;
        }
        if (FIRST_MODELS.matcher(name).matches()) {
            return TextEncoding.R50K;
        }
        return SINCE_GPT_4O.matcher(name).matches() ? TextEncoding.O200K : null;
    }

    private static String bareName(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        if (name.startsWith("ft:")) {
            name = name.substring("ft:".length());
        }
        return name.substring(name.lastIndexOf('/') + 1).replace("gpt-35", "gpt-3.5");
    }

    /** Returns the name without what gateways and fine-tuning put before it, in lower case. */
    String name() {
        return name;
    }

    TextEncoding encoding() {
        return encoding;
    }

    /**
     * Returns the name of the encoding.
     *
     * @return for example {@code o200k_base}
     */
    public String encodingName() {
        return encoding.title();
    }

    /** Starts to load the encoding, so that a count soon does not have to wait for it. */
    public void load() {
        encoding.load();
    }

    /**
     * Starts to count a text that comes in pieces.
     *
     * @return a counter that has seen nothing
     */
    public StreamTokenCounter newCounter() {
        return new StreamTokenCounter(encoding);
    }

    /** Returns what is in doubt about any count for this model. */
    Set<EstimateReason> reasons() {
        return reasons;
    }

    boolean isReasoning() {
        return dialect == Dialect.REASONING;
    }

    /** Tells whether the model tells its final words from its reasoning by a mark, as those since gpt-5 do. */
    boolean marksFinalWords() {
        return isReasoning() && name.startsWith("gpt-");
    }

    boolean isForeign() {
        return dialect == Dialect.FOREIGN;
    }

    /** Tells whether a model of others reasons unseen, whatever the request says. */
    boolean hidesReasoning() {
        return isForeign() && HIDDEN_REASONING_OF_OTHERS.matcher(name).matches();
    }

    /** Tells whether this is a gpt of a generation or a later one, such as 5.4; false for models without one. */
    boolean isGptSince(int major, int minor) {
        Matcher generation = GENERATION.matcher(name);
        if (!generation.matches()) {
            return false;
        }
        int itsMajor = Integer.parseInt(generation.group(1));
        int itsMinor = generation.group(2) == null ? 0 : Integer.parseInt(generation.group(2));
        return itsMajor > major || (itsMajor == major && itsMinor >= minor);
    }
}
