package io.github.llmbudget.jupiter;

import io.github.llmbudget.budget.Budget;
import io.github.llmbudget.budget.BudgetPolicy;
import io.github.llmbudget.budget.Metric;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import io.github.llmbudget.price.Cost;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.price.PriceDate;
import io.github.llmbudget.price.PriceList;
import io.github.llmbudget.price.PriceSources;
import io.github.llmbudget.report.CallUsage;
import io.github.llmbudget.usage.UsageTotals;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** The prices of a run, and what must be said of them once a run. Safe for use by many threads. */
final class RunPrices {

    private static final int SHOWN_DOUBTS = 8;

    private final Configuration configuration;
    private final PriceCatalog catalog;
    private final Set<String> doubts = new ConcurrentSkipListSet<>();
    private final Set<String> unpricedModels = new ConcurrentSkipListSet<>();

    RunPrices(Configuration configuration, ClassLoader tests) {
        this.configuration = configuration;
        PriceCatalog.Builder builder = PriceCatalog.builder()
                .lists(PriceSources.read(tests, configuration.path(Configuration.PRICES_FILE)))
                .deployments(configuration.pairs(Configuration.DEPLOYMENTS))
                .mockedAtAnyHour();
        configuration.value(Configuration.PRICES_AS_OF, PriceDate::of).ifPresent(builder::asOf);
        this.catalog = builder.build();
    }

    /** Returns the prices of the run. */
    PriceCatalog catalog() {
        return catalog;
    }

    /** Returns the prices of a test: those of the run, and what the test declares over them. */
    PriceCatalog of(Declarations declarations) {
        List<Declarations.Declared<LlmPrices>> declared = new ArrayList<>(declarations.find(LlmPrices.class));
        if (declared.isEmpty()) {
            return catalog;
        }
        // The nearest stands uppermost.
        Collections.reverse(declared);
        PriceCatalog.Builder builder = catalog.toBuilder();
        for (Declarations.Declared<LlmPrices> prices : declared) {
            if (!prices.what().value().isBlank()) {
                builder.list(PriceList.parse(
                        "@LlmPrices on " + prices.on(), prices.what().value()));
            }
            if (!prices.what().asOf().isBlank()) {
                builder.asOf(date(prices));
            }
        }
        return builder.build();
    }

    private static PriceDate date(Declarations.Declared<LlmPrices> prices) {
        String text = prices.what().asOf().strip();
        try {
            return PriceDate.of(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "@LlmPrices(asOf = \"" + text + "\") on " + prices.on() + " must be " + e.getMessage() + ".", e);
        }
    }

    /** Tells whether doubtful prices fail their test. */
    boolean areStrict() {
        return configuration.flag(Configuration.PRICES_STRICT, false);
    }

    /** Returns why the prices of a test may not be those of today, and keeps it for the warning of the run. */
    Set<String> doubtsAbout(List<CallUsage> calls, PriceCatalog prices) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Set<String> found = new TreeSet<>();
        for (CallUsage call : calls) {
            found.addAll(prices.doubtsAbout(call.cost(), today));
        }
        doubts.addAll(found);
        return found;
    }

    /** Warns, once a model, of calls without a price that a cost limit lets pass. */
    void warnOfUnpriced(UsageTotals usage, Budget budget) {
        if (budget.limits().stream().noneMatch(limit -> limit.metric() == Metric.COST)) {
            return;
        }
        for (LlmCall call : usage.calls()) {
            Cost cost = usage.costOf(call);
            if (Budget.isUnpriced(call, cost)
                    && budget.policy().unknownPrice(call) == BudgetPolicy.UnknownPrice.WARN
                    && unpricedModels.add(String.valueOf(call.model()).toLowerCase(Locale.ROOT))) {
                System.getLogger(RunPrices.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "Calls of " + call.model() + " have no price, or not for all they used, and "
                                        + Configuration.UNKNOWN_PRICE
                                        + " lets them pass: cost limits hold for the rest only.");
            }
        }
    }

    /** Warns of doubtful prices. */
    void warnOfDoubts() {
        if (doubts.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("The prices of this run may not be those of today:");
        doubts.stream().limit(SHOWN_DOUBTS).forEach(doubt -> text.append("\n  ").append(doubt));
        if (doubts.size() > SHOWN_DOUBTS) {
            text.append("\n  and ").append(doubts.size() - SHOWN_DOUBTS).append(" more");
        }
        System.getLogger(RunPrices.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        text.append("\n").append(DoubtfulPriceError.CURE).toString());
    }
}
