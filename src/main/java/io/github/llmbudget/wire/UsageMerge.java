package io.github.llmbudget.wire;

import org.apiguardian.api.API;

/**
 * What a usage object of a stream means for those before it. None is ever added to another: services send running
 * totals.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum UsageMerge {
    /** It replaces them as a whole; a count it leaves out is not told. */
    LAST {
        @Override
        void merge(ReportedCounts earlier, ReportedCounts later) {
            earlier.clear();
            earlier.update(later);
        }
    },
    /** It replaces the counts it has, and leaves the others, but for parts of a count that became less than they. */
    UPDATED {
        @Override
        void merge(ReportedCounts earlier, ReportedCounts later) {
            if (later.has(AnswerField.CACHE_WRITE)
                    && later.of(AnswerField.CACHE_WRITE) < earlier.of(AnswerField.CACHE_WRITE)) {
                earlier.forget(AnswerField.CACHE_WRITE_SHORT);
                earlier.forget(AnswerField.CACHE_WRITE_ONE_HOUR);
            }
            earlier.update(later);
        }
    },
    /** Of each count the highest holds. */
    HIGHEST {
        @Override
        void merge(ReportedCounts earlier, ReportedCounts later) {
            earlier.raise(later);
        }
    };

    abstract void merge(ReportedCounts earlier, ReportedCounts later);
}
