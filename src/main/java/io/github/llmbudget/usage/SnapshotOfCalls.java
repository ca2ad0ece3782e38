package io.github.llmbudget.usage;

import io.github.llmbudget.call.LlmCall;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.Function;

/**
 * The calls of a ledger at one time, when there are so many that they would not fit into memory as objects: each is unpacked
 * anew whenever somebody asks for it. Safe for use by many threads.
 */
final class SnapshotOfCalls extends AbstractList<LlmCall> implements RandomAccess {

    private final byte[][] packed;
    private final Function<byte[], LlmCall> unpack;

    SnapshotOfCalls(byte[][] packed, Function<byte[], LlmCall> unpack) {
        this.packed = packed;
        this.unpack = unpack;
    }

    @Override
    public LlmCall get(int index) {
        return unpack.apply(packed[index]);
    }

    @Override
    public int size() {
        return packed.length;
    }
}
