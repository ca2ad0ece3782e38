package io.github.llmbudget.budget;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageListener;
import io.github.llmbudget.usage.UsageTotals;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a test and the service: lets calls pass as long as the hard limits of the test have room for them, and
 * keeps the accounts of its limits.
 *
 * <p>A call passes if each limit has room for its input at least. What it can use at most is set aside until it has ended:
 * what its request allows the service to write or, where it sets no bound, all that is left. A call that finds everything
 * set aside waits for those that run, a while.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class BudgetGate implements UsageListener {

    /** How often a call that waits looks whether anybody still waits for it. */
    private static final long LOOK_EVERY_MILLIS = 100;

    /** How long a test that is over waits for calls on their way through the gate. */
    private static final long LAST_LOOK_MILLIS = 1_000;

    private final String id;
    private final String test;
    private final Budget budget;
    private final List<Account> accounts;
    private final List<Guard> guards = new ArrayList<>();
    private final PriceCatalog prices;
    private final Shared shared;
    private final @Nullable AllowedModelNames models;
    private final Set<String> refusedModels = new ConcurrentSkipListSet<>();
    private final List<Intervention> interventions = new CopyOnWriteArrayList<>();
    private final Set<Passage> open = ConcurrentHashMap.newKeySet();
    private int entering;
    private boolean closed;

    /**
     * What the tests of a run share.
     *
     * @param lock guards all accounts
     * @param patience how long a call waits for others that run
     * @param others the other JVMs of the run
     */
    public record Shared(Object lock, Duration patience, OtherJvms others) {}

    /**
     * Creates the gate of one test.
     *
     * @param id the unique id of the test
     * @param test its name
     * @param budget the limits of the test, those that it shares with others included
     * @param sharedAccounts the accounts of the limits that it shares with others
     * @param models the models that the test may call, {@code null} for any
     * @param prices knows what calls cost
     * @param shared what the tests of a run share
     */
    public BudgetGate(
            String id,
            String test,
            Budget budget,
            List<Account> sharedAccounts,
            @Nullable AllowedModelNames models,
            PriceCatalog prices,
            Shared shared) {
        this.id = id;
        this.test = test;
        this.budget = budget;
        this.models = models;
        this.prices = prices;
        this.shared = shared;
        this.accounts = new ArrayList<>(sharedAccounts);
        for (Limit limit : budget.limits()) {
            Account account = accountOf(limit).orElse(null);
            if (account == null && limit.hard() && limit.per() == Scope.TEST) {
                account = new Account(limit, shared.lock());
                accounts.add(account);
            }
            if (limit.hard() || limit.per() == Scope.SUITE) {
                guards.add(new Guard(limit, account));
            }
        }
    }

    /**
     * Creates a gate that lets every call pass.
     *
     * @return a gate without limits
     */
    public static BudgetGate open() {
        return new BudgetGate(
                "",
                "",
                new Budget(List.of(), BudgetPolicy.DEFAULT),
                List.of(),
                null,
                PriceCatalog.builtIn(),
                new Shared(new Object(), Duration.ZERO, OtherJvms.NONE));
    }

    /**
     * Lets a call pass, or refuses it.
     *
     * @param forecast what the call will use
     * @return the leave to send it
     * @throws CallRefusedException if it must not be sent
     */
    public Passage enter(Forecast forecast) throws CallRefusedException {
        if (guards.isEmpty() && models == null) {
            return Passage.FREE;
        }
        Demand demand = new Demand(forecast, prices);
        if (models != null && !models.allow(demand.identity(), prices)) {
            String model = demand.identity().model();
            refusedModels.add(String.valueOf(model));
            throw CallRefusedException.otherModel(models.refusal(model, test));
        }
        // Not under the lock: it takes its time, and may wait for the ledger, which waits for the lock in turn.
        guards.stream()
                .filter(guard -> guard.limit().hard())
                .forEach(guard -> demand.count(guard.limit().metric()));
        Passage passage = new Passage();
        Optional<Intervention> refusal = countedIn(() -> {
            Optional<Intervention> refused = refusal(demand, passage).map(reason -> reason.of(demand));
            if (!demand.isAbandoned()) {
                refused.ifPresent(interventions::add);
            }
            return refused;
        });
        if (refusal.isPresent()) {
            throw CallRefusedException.overBudget(InterventionText.toClient(refusal.get(), test));
        }
        return passage;
    }

    /** Lets a test that is over wait for what a call on its way through the gate leaves behind. */
    private <T> T countedIn(Supplier<T> entering) {
        count(1);
        try {
            return entering.get();
        } finally {
            count(-1);
        }
    }

    private void count(int more) {
        synchronized (shared.lock()) {
            entering += more;
            shared.lock().notifyAll();
        }
    }

    /** Waits until a call may pass or must not, and sets aside what it needs if it may. */
    private Optional<Guard.Refusal> refusal(Demand demand, Passage passage) {
        long deadline = System.nanoTime() + shared.patience().toNanos();
        synchronized (shared.lock()) {
            while (true) {
                shared.others().catchUp();
                Optional<Guard.Refusal> refusal = refusal(demand);
                if (refusal.isEmpty()) {
                    admit(demand, passage);
                    return refusal;
                }
                long patience = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                boolean waits = refusal.get().kind() == Intervention.Kind.REFUSED_WHILE_OTHERS_RUN;
                if (!waits || patience <= 0 || closed || demand.isAbandoned()) {
                    return refusal;
                }
                try {
                    shared.lock().wait(Math.min(patience, LOOK_EVERY_MILLIS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return refusal;
                }
            }
        }
    }

    private Optional<Guard.Refusal> refusal(Demand demand) {
        return guards.stream()
                .flatMap(guard -> guard.refusal(demand, budget.policy()).stream())
                .findFirst();
    }

    private void admit(Demand demand, Passage passage) {
        guards.stream()
                .filter(guard -> guard.limit().hard() && guard.limit().counts(demand.identity()))
                .forEach(guard -> guard.admit(demand, passage, interventions::add));
        open.add(passage);
    }

    /**
     * Gives back what was set aside for a call that has ended.
     *
     * @param passage its leave
     */
    public void settle(Passage passage) {
        if (open.remove(passage)) {
            passage.settle();
        }
    }

    @Override
    public void recorded(@Nullable LlmCall before, LlmCall now) {
        if (accounts.isEmpty()) {
            return;
        }
        Amounts more = Amounts.of(now, prices.costOf(now));
        if (before != null) {
            more = more.minus(Amounts.of(before, prices.costOf(before)));
        }
        synchronized (shared.lock()) {
            for (Account account : accounts) {
                if (account.limit().per() != Scope.SUITE && account.limit().counts(now)) {
                    account.add(id, test, more);
                }
            }
            shared.others().publish(id, test, more);
        }
    }

    @Override
    public void ending(Runnable ending) {
        synchronized (shared.lock()) {
            ending.run();
        }
    }

    /**
     * Finds the limits that were exceeded or kept from being exceeded, and those of which nobody can say that they were
     * held.
     *
     * @param usage the usage of the test
     * @return one breach a limit at most, in the order of the limits
     */
    public List<BudgetBreach> check(UsageTotals usage) {
        List<BudgetBreach> breaches = budget.check(usage, this::usedByOthers);
        List<BudgetBreach> all = new ArrayList<>();
        for (Limit limit : budget.limits()) {
            breaches.stream()
                    .filter(breach -> breach.limit().equals(limit))
                    .findFirst()
                    .or(() -> interventions.stream()
                            .filter(intervention -> intervention.limit().equals(limit))
                            .findFirst()
                            .map(intervention -> new BudgetBreach(
                                    limit,
                                    intervention.kind().isRefusal() ? BudgetBreach.Kind.REFUSED : BudgetBreach.Kind.CUT,
                                    used(limit, usage),
                                    0)))
                    .ifPresent(all::add);
        }
        return all;
    }

    /** Returns what other tests used of a limit, empty if it is they who went over it. */
    private Optional<BigDecimal> usedByOthers(Limit limit, BigDecimal ownUse) {
        if (!limit.per().isShared()) {
            return Optional.of(BigDecimal.ZERO);
        }
        return accountOf(limit)
                .filter(account -> account.isBeyond(id))
                .map(account -> account.used().subtract(ownUse));
    }

    /**
     * Measures what was used of a limit, by all who share it.
     *
     * @param limit the limit
     * @param usage the usage of the test
     * @return USD, tokens or calls, as far as they are known
     */
    public BigDecimal used(Limit limit, UsageTotals usage) {
        return accountOf(limit)
                .filter(account -> limit.per().isShared())
                .map(Account::used)
                .orElseGet(() -> budget.used(limit, usage));
    }

    /**
     * Tells whether what was used of a limit, by all who share it, is known in full.
     *
     * @param limit the limit
     * @param usage the usage of the test
     * @return whether it is all there is, and not the least that there can be
     */
    public boolean isComplete(Limit limit, UsageTotals usage) {
        return accountOf(limit)
                .filter(account -> limit.per().isShared())
                .map(Account::isComplete)
                .orElseGet(() -> budget.isComplete(limit, usage));
    }

    /**
     * Returns what was refused and cut.
     *
     * @return the calls, in order
     */
    public List<Intervention> interventions() {
        return List.copyOf(interventions);
    }

    /**
     * Returns the models whose calls were refused.
     *
     * @return their names
     */
    public Set<String> refusedModels() {
        return Set.copyOf(refusedModels);
    }

    /**
     * Returns what is set aside for calls of this test that still run.
     *
     * @return the number of calls
     */
    public int openPassages() {
        return open.size();
    }

    /** Lets no call wait any longer, and gives back what is still set aside. */
    public void close() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_LOOK_MILLIS);
        synchronized (shared.lock()) {
            closed = true;
            shared.lock().notifyAll();
            while (entering > 0 && deadline > System.nanoTime()) {
                try {
                    shared.lock().wait(LOOK_EVERY_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
        List.copyOf(open).forEach(this::settle);
    }

    private Optional<Account> accountOf(Limit limit) {
        return accounts.stream()
                .filter(account -> account.limit().equals(limit))
                .findFirst();
    }
}
