package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.price.PriceComponent;
import io.github.llmbudget.price.PriceLine;
import io.github.llmbudget.price.PriceRow;
import io.github.llmbudget.price.Usd;
import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The prices of calls, for a reader who wants to check their sum by hand. */
final class PricesUsed {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final List<LlmCall> calls;
    private final UsageTotals usage;
    private final PriceBasis basis;

    PricesUsed(List<LlmCall> calls, UsageTotals usage, PriceBasis basis) {
        this.calls = calls;
        this.usage = usage;
        this.basis = basis;
    }

    /** Returns a line a model and condition, and the lists; nothing if nothing has a price. */
    List<String> lines() {
        Map<String, SortedMap<PriceComponent, Set<PriceRow>>> used = new LinkedHashMap<>();
        long ownFigures = 0;
        for (LlmCall call : calls) {
            for (PriceLine line : usage.costOf(call).lines()) {
                if (line.component() == PriceComponent.REPORTED) {
                    ownFigures++;
                } else {
                    used.computeIfAbsent(holder(line), holder -> new TreeMap<>())
                            .computeIfAbsent(line.component(), component -> new LinkedHashSet<>())
                            .add(line.row());
                }
            }
        }
        List<String> lines = new ArrayList<>();
        used.forEach((holder, rows) -> lines.add(holder + " "
                + prices(rows.values().stream().flatMap(Set::stream).toList())));
        if (!lines.isEmpty()) {
            lines.add(basis.toString());
        }
        if (ownFigures > 0) {
            lines.add("the service's own figure for " + (ownFigures == 1 ? "1 call" : ownFigures + " calls"));
        }
        return lines;
    }

    /** Names the model, and under which conditions its prices hold. */
    private String holder(PriceLine line) {
        PriceRow row = line.row();
        List<String> conditions = new ArrayList<>(row.conditions());
        if (basis.lists().size() > 1) {
            conditions.add(line.list());
        }
        String name = row.isForAnyModel() ? row.provider() + ", any model" : row.model();
        return name + (conditions.isEmpty() ? "" : " (" + String.join(", ", conditions) + ")");
    }

    private static String prices(List<PriceRow> rows) {
        String tokens = rows.stream()
                .filter(row -> row.component().isTokens())
                .map(row ->
                        Usd.exact(row.costOf(MILLION)) + " " + row.component().label())
                .collect(Collectors.joining(", "));
        Stream<String> others = rows.stream()
                .filter(row -> !row.component().isTokens())
                .map(row -> Usd.exact(row.usd()) + " per "
                        + (row.per() == 1 ? row.what() : TextTable.count(row.per()) + " " + row.what() + "s"));
        return Stream.concat(tokens.isEmpty() ? Stream.empty() : Stream.of(tokens + " per 1M tokens"), others)
                .collect(Collectors.joining(", "));
    }
}
