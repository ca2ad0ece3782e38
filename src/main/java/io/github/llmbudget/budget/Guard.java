package io.github.llmbudget.budget;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One limit at the gate. A limit on single calls has no account. */
record Guard(Limit limit, @Nullable Account account) {

    Optional<Refusal> refusal(Demand demand, BudgetPolicy policy) {
        if (!limit.counts(demand.identity())) {
            return Optional.empty();
        }
        Optional<String> crossedBy = account != null && limit.per().isShared() ? account.crossedBy() : Optional.empty();
        if (crossedBy.isPresent()) {
            return Optional.of(
                    new Refusal(Intervention.Kind.REFUSED_AFTER_CROSSING, limit, BigDecimal.ZERO, crossedBy.get()));
        }
        return limit.hard()
                ? kind(demand, policy)
                        .map(kind ->
                                new Refusal(kind, limit, kind == Intervention.Kind.REFUSED ? unused() : left(), null))
                : Optional.empty();
    }

    private Optional<Intervention.Kind> kind(Demand demand, BudgetPolicy policy) {
        if (limit.metric() == Metric.COST
                && demand.isUnpriced()
                && policy.unknownPrice(demand.identity()) == BudgetPolicy.UnknownPrice.FAIL) {
            return Optional.of(Intervention.Kind.REFUSED_WITHOUT_PRICE);
        }
        // A call that runs is a call in any case; of all else it may use less than is set aside.
        if (!hasRoom(demand, limit.metric() == Metric.CALLS ? left() : unused())) {
            return Optional.of(Intervention.Kind.REFUSED);
        }
        return hasRoom(demand, left()) ? Optional.empty() : Optional.of(Intervention.Kind.REFUSED_WHILE_OTHERS_RUN);
    }

    private boolean hasRoom(Demand demand, BigDecimal room) {
        return demand.least(limit.metric()).compareTo(room) <= 0
                && (room.signum() > 0 || !demand.isSureToWrite(limit.metric()));
    }

    private BigDecimal unused() {
        return account == null ? limit.max() : account.unused();
    }

    private BigDecimal left() {
        return account == null ? limit.max() : account.left();
    }

    /** The rest of a run is not set aside for one call: all tests would wait for one another. */
    void admit(Demand demand, Passage passage, Consumer<Intervention> interventions) {
        Metric metric = limit.metric();
        BigDecimal left = left();
        Optional<BigDecimal> most = demand.most(metric);
        if (account != null) {
            BigDecimal unbounded = limit.per() == Scope.SUITE ? demand.least(metric) : left;
            passage.reserve(account, most.orElse(unbounded).min(left));
        }
        if (most.isEmpty() || most.get().compareTo(left) > 0) {
            passage.narrow(
                    demand.identity(),
                    demand.outputWithin(metric, left),
                    written -> interventions.accept(new Intervention(
                            Intervention.Kind.CUT,
                            limit,
                            demand.call(),
                            demand.with(written),
                            demand.most().orElse(null),
                            left,
                            null)));
        }
    }

    /** Why a call must not be sent. */
    record Refusal(
            Intervention.Kind kind,
            Limit limit,
            BigDecimal left,
            @Nullable String crossedBy) {

        Intervention of(Demand demand) {
            return new Intervention(
                    kind, limit, demand.call(), demand.least(), demand.most().orElse(null), left, crossedBy);
        }
    }
}
