package io.github.llmbudget.comparison;

import org.junit.jupiter.api.RepeatedTest;

/** Tests that do nothing: what tests cost at least. */
final class IdleTestCases {

    private IdleTestCases() {}

    static final class Few {
        @RepeatedTest(200)
        void doesNothing() {}
    }

    static final class Many {
        @RepeatedTest(2_000)
        void doesNothing() {}
    }
}
