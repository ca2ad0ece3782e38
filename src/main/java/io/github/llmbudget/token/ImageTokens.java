package io.github.llmbudget.token;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How a model of OpenAI counts an image by its size. */
interface ImageTokens {

    /** An image of ordinary size, which one of unknown size is taken for. */
    ImageSize ORDINARY = new ImageSize(1024, 1024);

    /** All rules; the first that holds for a model is its own. */
    List<Rule> RULES = List.of(
            // Patches: recordings of 4.1-nano, o4-mini, gpt-5-mini and gpt-5-nano agree; 4.1-mini as documented.
            new Rule("gpt-4\\.1-mini.*", new Patches(162, 1)),
            new Rule("gpt-4\\.1-nano.*", new Patches(246, 1)),
            new Rule("o4-mini.*", new Patches(172, 1)),
            new Rule("gpt-5.*-mini.*", new Patches(120, 1)),
            new Rule("gpt-5.*-nano.*", new Patches(150, 0)),
            // Tiles: recordings of gpt-4o, gpt-4.1 and gpt-4o-mini agree; the others as documented.
            new Rule("gpt-4o-mini.*", new Tiles(2833, 5667)),
            new Rule("(gpt-4o|gpt-4\\.[15]|gpt-4-turbo|gpt-4-.*vision|chatgpt-4o).*", new Tiles(85, 170)),
            new Rule("o[13]([.-].*)?", new Tiles(75, 150)),
            new Rule("computer-use.*", new Tiles(65, 129)),
            new Rule(model -> model.name().startsWith("gpt-5") && !model.isGptSince(5, 4), new Tiles(70, 140)));

    /** Counts an image that is looked at as closely as the model can. */
    long ofSize(ImageSize size);

    /** Counts an image of any size of which the request wants no more than an impression; empty if its size matters all the same. */
    OptionalLong lowDetail();

    /** Returns the fewest tokens that any image has. */
    long least();

    /**
     * Finds the rule of a model.
     *
     * @return the rule; empty if none is known
     */
    static Optional<ImageTokens> of(CountedModel model) {
        return RULES.stream()
                .filter(rule -> rule.models.test(model))
                .findFirst()
                .map(Rule::tokens);
    }

    /**
     * A rule and the models it holds for.
     *
     * @param models tells whether it holds for a model
     * @param tokens the rule
     */
    record Rule(Predicate<CountedModel> models, ImageTokens tokens) {

        Rule(String names, ImageTokens tokens) {
            this(named(Pattern.compile(names)), tokens);
        }

        private static Predicate<CountedModel> named(Pattern names) {
            return model -> names.matcher(model.name()).matches();
        }
    }

    /** Divides, and rounds up. */
    private static long upwards(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /**
     * The image is fitted into a square of 2,048 pixels, its shorter side made no longer than 768, and covered with
     * tiles of 512 pixels.
     *
     * @param base tokens of any image, and all there are of one in low detail
     * @param each tokens of a tile
     */
    record Tiles(long base, long each) implements ImageTokens {

        private static final long LONGEST_SIDE = 2048;
        private static final long LONGEST_SHORTER_SIDE = 768;
        private static final long TILE = 512;

        @Override
        public long ofSize(ImageSize size) {
            long longer = Math.max(size.width(), size.height());
            long shorter = Math.min(size.width(), size.height());
            // The scale is a fraction, so that sides that fill their tiles exactly do not spill over.
            long part = 1;
            long whole = 1;
            if (longer > LONGEST_SIDE) {
                part = LONGEST_SIDE;
                whole = longer;
            }
            if (shorter * part > LONGEST_SHORTER_SIDE * whole) {
                part = LONGEST_SHORTER_SIDE;
                whole = shorter;
            }
            return base + each * tiles(longer * part, whole) * tiles(shorter * part, whole);
        }

        private static long tiles(long side, long whole) {
            return upwards(side, TILE * whole);
        }

        @Override
        public OptionalLong lowDetail() {
            return OptionalLong.of(base);
        }

        @Override
        public long least() {
            return base;
        }
    }

    /**
     * The image is covered with patches of 32 pixels, and made smaller before if there are more than 1,536.
     *
     * @param hundredths tokens of a hundred patches
     * @param base tokens of any image
     */
    record Patches(long hundredths, long base) implements ImageTokens {

        private static final int PATCH = 32;
        private static final long MOST = 1536;
        private static final long HUNDRED = 100;

        @Override
        public long ofSize(ImageSize size) {
            return tokens(patches(size));
        }

        private static long patches(ImageSize size) {
            long all = patches(size.width()) * patches(size.height());
            if (all <= MOST) {
                return all;
            }
            // The smaller image has whole patches along one side, and as many along the other as its shape asks for.
            // These are
            // the most columns and rows that such an image can have: the root of 1,536 times its shape.
            long columns = root(MOST * size.width() / size.height());
            long rows = root(MOST * size.height() / size.width());
            boolean wholeColumns = columns * size.height() <= rows * size.width();
            long fitting = wholeColumns
                    ? columns * upwards(columns * size.height(), size.width())
                    : rows * upwards(rows * size.width(), size.height());
            // An image too narrow for one whole column is an image all the same.
            return Math.max(1, fitting);
        }

        private static long root(long square) {
            return (long) Math.sqrt((double) square);
        }

        private static long patches(int side) {
            return upwards(side, PATCH);
        }

        private long tokens(long patches) {
            return upwards(patches * hundredths, HUNDRED) + base;
        }

        @Override
        public OptionalLong lowDetail() {
            return OptionalLong.empty();
        }

        @Override
        public long least() {
            return tokens(1);
        }
    }
}
