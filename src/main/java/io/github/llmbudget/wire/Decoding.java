package io.github.llmbudget.wire;

import org.jspecify.annotations.Nullable;

/** Undoes one content coding of a body that is pushed to it in pieces. Used by one thread at a time. */
interface Decoding extends ByteSink {

    /** Ends the body: hands on what is still held back and releases what is held outside the heap. */
    void finish();

    /** Tells, in a clause for a human, why not all of the body could be decoded, or {@code null}. */
    @Nullable
    String problem();
}
