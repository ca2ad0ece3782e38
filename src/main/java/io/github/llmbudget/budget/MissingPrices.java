package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.price.MissingPrice;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.price.PriceSources;
import io.github.llmbudget.usage.UsageTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What has no price, why, and the lines that would give it one. */
final class MissingPrices {

    private static final int NEAREST_NAMES = 3;
    private static final String AZURE = "azure";

    private final List<LlmCall> calls;
    private final UsageTotals usage;
    private final PriceCatalog prices;

    MissingPrices(List<LlmCall> calls, UsageTotals usage, PriceCatalog prices) {
        this.calls = calls;
        this.usage = usage;
        this.prices = prices;
    }

    /** Returns the lines, none if all that was used has a price. */
    List<String> lines() {
        Map<String, LlmCall> unknownModels = new LinkedHashMap<>();
        Set<MissingPrice> missing = new LinkedHashSet<>();
        for (LlmCall call : calls) {
            String model = call.model();
            if (model == null || !Budget.isUnpriced(call, usage.costOf(call))) {
                continue;
            }
            if (prices.priceFor(call).isEmpty()) {
                unknownModels.putIfAbsent(model, call);
            } else {
                missing.addAll(prices.missingPrices(call));
            }
        }
        List<String> lines = new ArrayList<>();
        unknownModels.forEach((model, call) -> lines.addAll(unknown(model, call)));
        if (!missing.isEmpty()) {
            lines.addAll(incomplete(missing));
        }
        if (!lines.isEmpty()) {
            lines.add("or let it pass with " + Configuration.UNKNOWN_PRICE + "=warn");
        }
        return lines;
    }

    private List<String> unknown(String model, LlmCall call) {
        List<String> lines = new ArrayList<>();
        lines.add(model + " " + because(call) + " (" + prices.basis() + ").");
        String name = model.toLowerCase(Locale.ROOT);
        if (AZURE.equals(call.provider())) {
            lines.add("Azure's prices are its own. To take those of a model, name it for the deployment:");
            lines.add("  " + Configuration.DEPLOYMENTS + "=" + call.requestedModel() + "=" + undated(name));
        } else {
            List<String> nearest = prices.nearestNames(model, NEAREST_NAMES);
            if (!nearest.isEmpty()) {
                lines.add("Nearest known names: " + String.join(", ", nearest));
            }
        }
        lines.add(howToAdd(", in USD per 1M tokens (0 is free):"));
        lines.add("  model,component,price");
        PriceLines.ofModel(model).forEach(line -> lines.add("  " + line));
        return lines;
    }

    private String because(LlmCall call) {
        return prices.expiryOf(call)
                .map(last -> "had its last known price on " + last)
                .orElseGet(() -> prices.isKnownElsewhere(call)
                        ? "has no price at " + call.provider() + ", where it was called"
                        : "is in no price list");
    }

    private String undated(String model) {
        String name = prices.withoutSnapshotDate(model);
        return prices.priceOf(name).isPresent() ? name : "<model>";
    }

    private List<String> incomplete(Set<MissingPrice> missing) {
        List<String> lines = new ArrayList<>();
        boolean allTokens = missing.stream().allMatch(price -> price.component().isTokens());
        missing.forEach(price -> lines.add(price.model() + " has no price for " + price.what() + " at service tier "
                + price.tier() + " (" + prices.basis() + ")."));
        lines.add(howToAdd(allTokens ? ", in USD per 1M tokens (0 is free):" : ", in USD for so many (0 is free):"));
        lines.add("  model,component,per,service_tier,ttl,price");
        missing.forEach(price -> lines.add("  " + PriceLines.of(price)));
        return lines;
    }

    private static String howToAdd(String unit) {
        return "To add it, put " + PriceSources.CLASS_PATH_LIST + " into src/test/resources" + unit;
    }
}
