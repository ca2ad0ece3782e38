package io.github.llmbudget.price;

import static io.github.llmbudget.price.PriceCalls.BUILT_IN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of any call at any price. */
class PricePropertiesTests {

    /** Models of each provider, with steps and without, with audio, images and writes of all lifetimes. */
    private static final List<String> MODELS = List.of(
            "gpt-4o",
            "gpt-4o-mini",
            "o3",
            "gpt-5.6-sol",
            "gpt-5-nano",
            "gpt-6.1-terra",
            "gpt-4o-audio-preview",
            "gpt-realtime",
            "gpt-image-1",
            "claude-sonnet-4-6",
            "claude-opus-5",
            "gemini-2.5-pro",
            "gemini-2.5-flash",
            "grok-4.3",
            "deepseek-v4-flash",
            "mistral-large-latest");

    private static final List<String> KINDS = List.of(
            "plain input",
            "cached input",
            "cache writes",
            "one-hour writes",
            "twelve-hour writes",
            "audio input",
            "cached audio",
            "image input",
            "cached images",
            "output",
            "audio output");

    @Property
    void putsEachTokenIntoOneBucket(@ForAll("parts") Parts parts) {
        TokenBuckets buckets = TokenBuckets.of(parts.counts());

        assertThat(buckets.isFitting()).isTrue();
        assertThat(PriceComponent.OF_TOKENS.stream().mapToLong(buckets::count).sum())
                .isEqualTo(parts.counts().total());
        assertThat(PriceComponent.OF_TOKENS).allMatch(component -> buckets.count(component) >= 0);
    }

    @Property
    void putsEachTokenIntoOneBucketThoughThePartsDoNotFit(@ForAll("anyCounts") TokenCounts counts) {
        TokenBuckets buckets = TokenBuckets.of(counts);

        assertThat(PriceComponent.OF_TOKENS.stream().mapToLong(buckets::count).sum())
                .isEqualTo(counts.total());
        assertThat(PriceComponent.OF_TOKENS).allMatch(component -> buckets.count(component) >= 0);
    }

    @Property
    void addsUpToItsLines(@ForAll("calls") LlmCall call) {
        Cost cost = BUILT_IN.costOf(call);

        assertThat(cost.lines().stream().map(PriceLine::usd).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(cost.usd());
        assertThat(cost.lines())
                .allSatisfy(
                        line -> assertThat(line.quantity().multiply(line.row().usd()))
                                .isEqualByComparingTo(line.usd()
                                        .multiply(BigDecimal.valueOf(line.row().per()))));
        if (cost.isComplete()) {
            assertThat(cost.lines().stream().mapToLong(PriceLine::tokens).sum())
                    .isEqualTo(call.tokens().total());
        }
    }

    @Property
    void addsUpWithoutLossInAnyOrder(@ForAll("manyCalls") List<LlmCall> calls, @ForAll Random random) {
        List<Cost> costs = new ArrayList<>(calls.stream().map(BUILT_IN::costOf).toList());
        Cost sum = Cost.sum(costs);
        Collections.shuffle(costs, random);
        Cost shuffled = Cost.sum(costs);

        assertThat(sum.usd())
                .isEqualByComparingTo(costs.stream().map(Cost::usd).reduce(BigDecimal.ZERO, BigDecimal::add));
        assertThat(sum.lines().stream().map(PriceLine::usd).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(sum.usd());
        assertThat(shuffled.usd()).isEqualByComparingTo(sum.usd());
        assertThat(shuffled.exactness()).isEqualTo(sum.exactness());
        assertThat(new HashSet<>(shuffled.lines())).isEqualTo(new HashSet<>(sum.lines()));
    }

    @Property
    void addsUpInGroupsAsInOne(@ForAll("manyCalls") List<LlmCall> calls, @ForAll Random random) {
        List<Cost> costs = calls.stream().map(BUILT_IN::costOf).toList();
        int middle = costs.isEmpty() ? 0 : random.nextInt(costs.size());
        Cost grouped =
                Cost.sum(List.of(Cost.sum(costs.subList(0, middle)), Cost.sum(costs.subList(middle, costs.size()))));

        assertThat(grouped.usd()).isEqualByComparingTo(Cost.sum(costs).usd());
        assertThat(new HashSet<>(grouped.lines()))
                .isEqualTo(new HashSet<>(Cost.sum(costs).lines()));
    }

    @Property
    void neverFallsWhenMoreOfAnythingIsUsed(
            @ForAll("models") String model, @ForAll("parts") Parts parts, @ForAll("few") long more) {
        BigDecimal usd = BUILT_IN.costOf(PriceCalls.call(model, parts.counts())).usd();

        for (int kind = 0; kind < KINDS.size(); kind++) {
            Cost dearer = BUILT_IN.costOf(
                    PriceCalls.call(model, parts.more(kind, more).counts()));
            assertThat(dearer.usd())
                    .as("%d more of %s on %s", more, KINDS.get(kind), model)
                    .isGreaterThanOrEqualTo(usd);
        }
    }

    @Provide
    Arbitrary<String> models() {
        return Arbitraries.of(MODELS);
    }

    @Provide
    Arbitrary<Long> few() {
        return Arbitraries.longs().between(0, 300_000);
    }

    @Provide
    Arbitrary<Parts> parts() {
        return Arbitraries.longs()
                .between(0, 100_000)
                .list()
                .ofSize(KINDS.size())
                .map(Parts::new);
    }

    @Provide
    Arbitrary<TokenCounts> anyCounts() {
        return Arbitraries.longs()
                .between(0, 100)
                .array(long[].class)
                .ofSize(13)
                .map(n -> new TokenCounts(
                        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12]));
    }

    @Provide
    Arbitrary<LlmCall> calls() {
        Arbitrary<String> tiers = Arbitraries.of("default", "flex", "priority", "batch", "scale");
        return Combinators.combine(
                        models(), parts(), tiers, Arbitraries.of(CountSource.REPORTED, CountSource.ESTIMATED))
                .as((model, parts, tier, source) -> LlmCall.of(Operation.CHAT, model)
                        .tokens(parts.counts(), source)
                        .serviceTier(tier)
                        .build());
    }

    @Provide
    Arbitrary<List<LlmCall>> manyCalls() {
        return calls().list().ofMaxSize(12);
    }

    /**
     * Parts of a call none of which has a token of another.
     *
     * @param of how many tokens there are of each kind
     */
    record Parts(List<Long> of) {

        Parts more(int kind, long tokens) {
            List<Long> parts = new ArrayList<>(of);
            parts.set(kind, parts.get(kind) + tokens);
            return new Parts(parts);
        }

        TokenCounts counts() {
            long cacheWrite = of.get(2) + of.get(3) + of.get(4);
            long audio = of.get(5) + of.get(6);
            long images = of.get(7) + of.get(8);
            return new TokenCounts(
                    of.get(0) + of.get(1) + cacheWrite + audio + images,
                    of.get(1) + of.get(6) + of.get(8),
                    cacheWrite,
                    of.get(3),
                    of.get(4),
                    audio,
                    images,
                    of.get(6),
                    of.get(8),
                    of.get(9) + of.get(10),
                    of.get(9) / 2,
                    of.get(10),
                    0);
        }
    }
}
