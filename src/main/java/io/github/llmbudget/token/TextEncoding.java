package io.github.llmbudget.token;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The vocabularies by which OpenAI's models take texts apart. One is loaded, which takes a few tenths of a second, when it
 * counts for the first time, or beforehand by {@link #load}.
 *
 * <p>The tokenizer library is asked for counts and borders only: which model has which vocabulary it does not know rightly.
 */
enum TextEncoding {
    /** The first models. */
    R50K("r50k_base", Pieces.WORDS),
    /** The second generation of completions, and the models for code. */
    P50K("p50k_base", Pieces.WORDS),
    /** The generation of gpt-3.5 and gpt-4, and all embeddings. */
    CL100K("cl100k_base", Pieces.SHORT_NUMBERS),
    /** Everything since gpt-4o. */
    O200K("o200k_base", Pieces.CASES);

    private static final char REPLACEMENT = '\uFFFD';

    private static final Set<TextEncoding> LOADING = ConcurrentHashMap.newKeySet();
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private final String title;
    private final String pieces;

    TextEncoding(String title, String pieces) {
        this.title = title;
        this.pieces = pieces;
    }

    /** Returns its published name, such as {@code o200k_base}. */
    String title() {
        return title;
    }

    /** Counts a text. What looks like a special token, such as {@code <|endoftext|>}, counts as text. */
    long count(CharSequence text) {
        return text.isEmpty() ? 0 : Loaded.encoding(title).countTokensOrdinary(wellFormed(text.toString()));
    }

    /** Takes a text apart at the borders of its tokens that are borders of characters too. */
    List<String> split(String text) {
        Encoding encoding = Loaded.encoding(title);
        IntArrayList tokens = encoding.encodeOrdinary(wellFormed(text));
        List<String> pieces = new ArrayList<>();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        for (int at = 0; at < tokens.size(); at++) {
            byte[] bytes = bytes(encoding, tokens.get(at));
            if (piece.size() > 0 && !isWithinCharacter(bytes[0])) {
                pieces.add(piece.toString(StandardCharsets.UTF_8));
                piece.reset();
            }
            piece.writeBytes(bytes);
        }
        if (piece.size() > 0) {
            pieces.add(piece.toString(StandardCharsets.UTF_8));
        }
        return pieces;
    }

    private static byte[] bytes(Encoding encoding, int token) {
        IntArrayList one = new IntArrayList(1);
        one.add(token);
        return encoding.decodeBytes(one);
    }

    private static boolean isWithinCharacter(byte next) {
        return (next & 0xC0) == 0x80;
    }

    /** A service never sees half of a surrogate pair: what stands for it in UTF-8 is the replacement character. */
    private static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            if (Character.isSurrogatePair(unit, at + 1 < text.length() ? text.charAt(at + 1) : 0)) {
                at++;
                continue;
            }
            mended = mended == null ? new StringBuilder(text) : mended;
            mended.setCharAt(at, REPLACEMENT);
        }
        return mended == null ? text : mended.toString();
    }

    /** Starts to load this encoding, once, on a thread of its own, so that nobody waits for all of it. */
    void load() {
        if (!LOADING.add(this)) {
            return;
        }
        Thread loader = new Thread(() -> Loaded.encoding(title), "llm-budget-" + title);
        loader.setDaemon(true);
        loader.start();
    }

    /** Returns what the encoding takes for a piece: a token never reaches over the end of one. */
    Pattern pieces() {
        return COMPILED.computeIfAbsent(pieces, regex -> Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS));
    }

    /** The published patterns. */
    private static final class Pieces {

        private static final String BLANKS = "|\\s+(?!\\S)|\\s+";
        private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
        private static final String CAPITALS = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
        private static final String SMALL_LETTERS = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
        private static final String BEFORE_WORD = "[^\\r\\n\\p{L}\\p{N}]?";

        static final String WORDS = "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+" + BLANKS;
        static final String SHORT_NUMBERS = CONTRACTION + "|" + BEFORE_WORD
                + "\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+" + BLANKS;
        static final String CASES = BEFORE_WORD + CAPITALS + "*" + SMALL_LETTERS + "+" + CONTRACTION + "?|"
                + BEFORE_WORD + CAPITALS + "+" + SMALL_LETTERS + "*" + CONTRACTION
                + "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+" + BLANKS;

        private Pieces() {}
    }

    /** Stands apart, so that the tokenizer library is not touched before something is counted. */
    private static final class Loaded {

        private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

        private Loaded() {}

        static Encoding encoding(String title) {
            return REGISTRY.getEncoding(EncodingType.fromName(title).orElseThrow());
        }
    }
}
