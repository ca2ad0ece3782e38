package io.github.llmbudget.report.page;

import io.github.llmbudget.report.ModelUsage;
import io.github.llmbudget.report.Totals;
import java.util.List;

/**
 * What a model cost, as a row.
 *
 * @param usage the model
 * @param width its share of all costs, in thousandths
 * @param prices the prices that it was charged at
 */
record ModelRow(ModelUsage usage, int width, List<PriceUse> prices) {

    static List<ModelRow> of(List<ModelUsage> models, Totals all) {
        return models.stream()
                .map(model -> new ModelRow(
                        model,
                        Bar.permille(
                                model.totals().listCost().usd(), all.listCost().usd()),
                        model.lines().stream().map(PriceUse::new).toList()))
                .toList();
    }

    String name() {
        return Shown.model(usage.model());
    }

    String provider() {
        String provider = usage.provider();
        return provider == null ? "unknown" : provider;
    }
}
