package io.github.llmbudget.platform;

import org.junit.jupiter.api.Test;

/** Has nothing to do with language models. */
class IdleTestCases {

    @Test
    void idles() {}
}
