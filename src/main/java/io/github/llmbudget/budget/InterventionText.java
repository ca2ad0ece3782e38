package io.github.llmbudget.budget;

import io.github.llmbudget.price.Usd;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what hard limits refused and cut, to the client at once and to the reader of the failure. */
final class InterventionText {

    private static final int SHOWN = 6;

    private final List<Intervention> interventions;

    InterventionText(List<Intervention> interventions) {
        this.interventions = interventions;
    }

    /** Returns what the client is told, on whose side it may be all that is seen. */
    static String toClient(Intervention intervention, String test) {
        Limit limit = intervention.limit();
        return "llm-budget did not send this call of " + test + ": "
                + reason(intervention, limit.declaration() + " on " + limit.declaredOn()) + ".";
    }

    List<String> refused() {
        return lines(interventions.stream()
                .filter(intervention -> intervention.kind().isRefusal())
                .map(intervention -> subject(intervention) + ": " + reason(intervention)));
    }

    List<String> cut() {
        return lines(interventions.stream()
                .filter(intervention -> !intervention.kind().isRefusal())
                .map(intervention -> subject(intervention) + " after "
                        + tokens(intervention.least().output(), "output ") + ": " + reason(intervention)));
    }

    private static List<String> lines(Stream<String> each) {
        Map<String, Integer> times = new LinkedHashMap<>();
        each.forEach(line -> times.merge(line, 1, Integer::sum));
        List<String> lines = new ArrayList<>();
        times.forEach((line, count) -> lines.add(count == 1 ? line : TextTable.count(count) + " times " + line));
        if (lines.size() <= SHOWN) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, SHOWN - 1));
        shown.add("and " + TextTable.count(lines.size() - SHOWN + 1) + " more kinds");
        return shown;
    }

    /** Returns what was not spent: at least the input of what was refused, at most what the requests allowed. */
    List<String> saved() {
        if (interventions.isEmpty()) {
            return List.of();
        }
        BigDecimal least = BigDecimal.ZERO;
        BigDecimal most = BigDecimal.ZERO;
        for (Intervention intervention : interventions) {
            Amounts used = intervention.least();
            Amounts allowed = intervention.most();
            boolean refused = intervention.kind().isRefusal();
            least = least.add(refused ? used.cost() : BigDecimal.ZERO);
            most = most == null || allowed == null
                    ? null
                    : most.add(allowed.cost()
                            .subtract(refused ? BigDecimal.ZERO : used.cost())
                            .max(BigDecimal.ZERO));
        }
        return List.of(saved(least, most));
    }

    private static String saved(BigDecimal least, @Nullable BigDecimal most) {
        if (least.signum() == 0 && (most == null || most.signum() == 0)) {
            return "nobody knows how much: there is no price, or no bound to what the service would have written";
        }
        String atLeast = "at least " + money(least);
        if (most == null) {
            return atLeast + " for the input alone; the requests set no bound to the output";
        }
        return least.signum() == 0 ? "at most " + money(most) : atLeast + ", at most " + money(most);
    }

    private static String subject(Intervention intervention) {
        String model = intervention.call().model();
        return intervention.call().operation().label() + " of " + (model == null ? "an unnamed model" : model);
    }

    private static String reason(Intervention intervention) {
        return reason(intervention, intervention.limit().declaration());
    }

    private static String reason(Intervention intervention, String declared) {
        Limit limit = intervention.limit();
        return switch (intervention.kind()) {
            case REFUSED ->
                limit.metric() == Metric.CALLS || limit.metric() == Metric.OUTPUT_TOKENS
                        ? declared + " allows no more"
                        : "it needs at least " + amount(limit, limit.metric().of(intervention.least())) + ", and "
                                + declared + " has " + amount(limit, intervention.left()) + " left";
            case REFUSED_AFTER_CROSSING -> declared + " was crossed by " + intervention.crossedBy();
            case REFUSED_WHILE_OTHERS_RUN ->
                "calls that still run may use up what is left of " + declared
                        + (intervention.most() == null
                                ? "; a bound in the requests, such as max_tokens, lets more of them run at once"
                                : "");
            case REFUSED_WITHOUT_PRICE -> "its model has no price, so nobody can hold it to " + declared;
            case CUT -> declared + " had " + amount(limit, intervention.left()) + " left for it";
        };
    }

    private static String amount(Limit limit, BigDecimal amount) {
        if (amount.signum() == 0) {
            return "nothing";
        }
        return switch (limit.metric()) {
            case COST -> money(amount);
            case TOKENS -> tokens(amount.longValue(), "");
            case INPUT_TOKENS -> tokens(amount.longValue(), "input ");
            case OUTPUT_TOKENS -> tokens(amount.longValue(), "output ");
            case CALLS -> TextTable.count(amount.longValue());
        };
    }

    private static String tokens(long count, String kind) {
        return TextTable.count(count) + " " + kind + (count == 1 ? "token" : "tokens");
    }

    private static String money(BigDecimal amount) {
        return Usd.rounded(amount, Usd.readableScale(amount));
    }
}
