package io.github.llmbudget.budget;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What was used of one limit so far, and what is set aside for calls that still run. Tests that share a limit share its
 * account.
 *
 * <p>Safe for use by many threads: all accounts of a run are guarded by the same lock, so that a call sets something aside
 * in several of them at once or in none.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Account {

    private final Limit limit;
    private final Object lock;
    private final Set<String> beyond = new HashSet<>();
    private BigDecimal used = BigDecimal.ZERO;
    private long inPart;
    private BigDecimal reserved = BigDecimal.ZERO;
    private @Nullable String crossedBy;

    /**
     * Opens an account of which nothing is used.
     *
     * @param limit the limit
     * @param lock guards all accounts of the run
     */
    public Account(Limit limit, Object lock) {
        this.limit = limit;
        this.lock = lock;
    }

    /**
     * Returns the limit.
     *
     * @return the limit
     */
    public Limit limit() {
        return limit;
    }

    /**
     * Returns what was used.
     *
     * @return USD, tokens or calls of all tests together, as far as they are known
     */
    public BigDecimal used() {
        synchronized (lock) {
            return used;
        }
    }

    /**
     * Tells whether what was used is known in full.
     *
     * @return whether it is all there is, and not the least that there can be
     */
    boolean isComplete() {
        synchronized (lock) {
            return inPart == 0;
        }
    }

    /**
     * Returns what is set aside.
     *
     * @return USD, tokens or calls of calls that still run
     */
    public BigDecimal reserved() {
        synchronized (lock) {
            return reserved;
        }
    }

    /**
     * Adds what was used.
     *
     * @param id the unique id of the test that used it, of this JVM or another one
     * @param test its name
     * @param amounts what it used; negative where a count is corrected downwards
     */
    public void add(String id, String test, Amounts amounts) {
        synchronized (lock) {
            BigDecimal more = limit.metric().of(amounts);
            used = used.add(more);
            inPart += limit.metric().inPart(amounts);
            if (used.compareTo(limit.max()) > 0 && more.signum() > 0) {
                beyond.add(id);
                if (crossedBy == null) {
                    crossedBy = test;
                }
            }
        }
    }

    /**
     * Returns who went over the limit first.
     *
     * @return the name of the test, empty if the limit is held
     */
    Optional<String> crossedBy() {
        synchronized (lock) {
            return used.compareTo(limit.max()) > 0 ? Optional.ofNullable(crossedBy) : Optional.empty();
        }
    }

    /** Tells whether a test used something when, or after, the limit was crossed. */
    boolean isBeyond(String id) {
        synchronized (lock) {
            return used.compareTo(limit.max()) > 0 && beyond.contains(id);
        }
    }

    /** Returns what nobody has used. */
    BigDecimal unused() {
        synchronized (lock) {
            return limit.max().subtract(used).max(BigDecimal.ZERO);
        }
    }

    /** Returns what nobody has used, and no running call may use. */
    BigDecimal left() {
        synchronized (lock) {
            return limit.max().subtract(used).subtract(reserved).max(BigDecimal.ZERO);
        }
    }

    void reserve(BigDecimal amount) {
        synchronized (lock) {
            reserved = reserved.add(amount);
        }
    }

    void release(BigDecimal amount) {
        synchronized (lock) {
            reserved = reserved.subtract(amount);
            lock.notifyAll();
        }
    }
}
