package io.github.llmbudget.price;

import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one call used, at the prices of its model, line by line as it adds up. */
final class Bill {

    /** The kind of call that is a request to the model itself. */
    private static final String EACH_REQUEST = "request";

    private final LlmCall call;
    private final ModelPrice price;
    private final Conditions conditions;
    private final List<PriceLine> lines = new ArrayList<>();
    private final List<MissingPrice> missing = new ArrayList<>();
    private boolean uncounted;
    private boolean countedInPart;
    private boolean doubtful;

    private Bill(LlmCall call, ModelPrice price, Conditions conditions) {
        this.call = call;
        this.price = price;
        this.conditions = conditions;
    }

    static Bill of(LlmCall call, ModelPrice price, Conditions conditions) {
        Bill bill = new Bill(call, price, conditions);
        bill.addUnits();
        boolean billedByUnit = !bill.lines.isEmpty() && !price.isBilledByTokens();
        if (call.countSource() == CountSource.UNKNOWN) {
            bill.uncounted = !billedByUnit && !price.isFree();
        } else if (!billedByUnit) {
            bill.addTokens();
        }
        if (!call.toolCalls().isEmpty()) {
            call.toolCalls().forEach(bill::addTool);
        }
        if (price.fee(EACH_REQUEST) != null) {
            bill.addTool(EACH_REQUEST, 1);
        }
        bill.countedInPart = call.countSource() == CountSource.PARTIAL && !billedByUnit;
        bill.doubtful |= call.countSource() == CountSource.ESTIMATED && !billedByUnit;
        bill.doubtful |= conditions.at() == null && price.dependsOnTheHour();
        // A batch tells the tokens of all its requests only, none of which may have been as large as that.
        bill.doubtful |= call.operation() == Operation.BATCH && price.stepsUpTo(conditions.inputTokens());
        return bill;
    }

    private void addUnits() {
        if (call.audioDuration() != null) {
            addUnit(
                    PriceComponent.SECOND,
                    null,
                    BigDecimal.valueOf(call.audioDuration().toMillis(), 3));
        }
        if (call.characters() != null) {
            addUnit(PriceComponent.CHARACTER, null, BigDecimal.valueOf(call.characters()));
        }
        if (!call.images().isEmpty()) {
            call.images().forEach((kind, count) -> addUnit(PriceComponent.IMAGE, kind, BigDecimal.valueOf(count)));
        }
    }

    private void addUnit(PriceComponent component, @Nullable String kind, BigDecimal quantity) {
        PriceRow found = price.find(component, kind, conditions);
        if (found != null) {
            lines.add(new PriceLine(quantity, found));
        } else if (price.knows(component)) {
            missing.add(new MissingPrice(price.model(), component, kind, conditions.serviceTier()));
        }
    }

    private void addTokens() {
        TokenBuckets buckets = TokenBuckets.of(call.tokens());
        doubtful |= !buckets.isFitting();
        takeForTheirModality(buckets);
        for (PriceComponent component : PriceComponent.OF_TOKENS) {
            if (buckets.count(component) > 0) {
                addTokens(component, buckets.count(component));
            }
        }
    }

    /** Takes tokens whose modality nobody tells for what the operation is about, where the model has a price for it. */
    private void takeForTheirModality(TokenBuckets buckets) {
        Operation operation = call.operation();
        if (operation == Operation.IMAGES) {
            takeUnlessTold(buckets, PriceComponent.OUTPUT, PriceComponent.IMAGE_OUTPUT);
        } else if (operation == Operation.SPEECH) {
            takeUnlessTold(buckets, PriceComponent.OUTPUT, PriceComponent.AUDIO_OUTPUT);
        } else if (operation == Operation.TRANSCRIPTION) {
            takeUnlessTold(buckets, PriceComponent.INPUT, PriceComponent.AUDIO_INPUT);
        }
    }

    private void takeUnlessTold(TokenBuckets buckets, PriceComponent from, PriceComponent to) {
        if (buckets.count(to) == 0 && price.knows(to)) {
            buckets.take(from, to);
        }
    }

    private void addTokens(PriceComponent component, long count) {
        PriceRow found = null;
        for (PriceComponent priced = component; found == null && priced != null; priced = insteadOf(priced)) {
            found = price.find(priced, null, conditions);
        }
        if (found == null) {
            missing.add(new MissingPrice(price.model(), component, null, conditions.serviceTier()));
        } else {
            lines.add(new PriceLine(BigDecimal.valueOf(count), found));
        }
    }

    /** Returns the component whose price holds for one that has none, {@code null} if then there is no price. */
    private @Nullable PriceComponent insteadOf(PriceComponent component) {
        boolean longWrite = component.isCacheWrite() && component != PriceComponent.CACHE_WRITE;
        // A long write is dearer than a short one: where that has a price, the price of input would be too low.
        return longWrite && price.find(PriceComponent.CACHE_WRITE, null, conditions) != null
                ? null
                : component.wholeOfWhichItIsAPart();
    }

    private void addTool(String tool, long runs) {
        PriceRow found = price.fee(tool);
        if (found == null) {
            missing.add(new MissingPrice(price.model(), PriceComponent.CALL, tool, conditions.serviceTier()));
        } else {
            lines.add(new PriceLine(BigDecimal.valueOf(runs), found));
        }
    }

    List<MissingPrice> missing() {
        return List.copyOf(missing);
    }

    Cost cost() {
        boolean complete = missing.isEmpty() && !uncounted;
        if (lines.isEmpty() && !(complete && countedInPart && !price.isFree())) {
            return complete ? Cost.NOTHING : Cost.UNKNOWN;
        }
        BigDecimal usd = BigDecimal.ZERO;
        for (PriceLine line : lines) {
            usd = usd.add(line.usd());
        }
        return new Cost(usd, complete ? exactness() : Cost.Exactness.PARTIAL, lines);
    }

    private Cost.Exactness exactness() {
        if (countedInPart) {
            return Cost.Exactness.LOWER_BOUND;
        }
        return doubtful ? Cost.Exactness.ESTIMATED : Cost.Exactness.EXACT;
    }
}
