package io.github.llmbudget.usage;

import io.github.llmbudget.call.CallCodec;
import io.github.llmbudget.call.LlmCall;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Calls in order, each kept in few bytes and made anew whenever it is asked for. Finds calls by what they answered and were
 * asked without unpacking others. Used by one thread at a time.
 */
final class PackedCalls {

    private final CallCodec codec = new CallCodec();
    private byte[][] packed = new byte[8][];
    /** The hashes of the ids of their answers. */
    private int[] answers = new int[8];
    /** The hashes of the digests of their requests. */
    private int[] requests = new int[8];
    /** Numbers of calls, from 1, each at the hash of its answer and request or behind it; at most half of it is used. */
    private int[] places = new int[16];

    private int size;

    /** The call that was asked for last: a service that repeats an answer is likely to repeat it again. */
    private @Nullable LlmCall last;

    private int lastIndex;

    int size() {
        return size;
    }

    IntStream indexes() {
        return IntStream.range(0, size);
    }

    LlmCall get(int index) {
        LlmCall known = last;
        if (known == null || lastIndex != index) {
            known = codec.unpack(packed[index]);
            last = known;
            lastIndex = index;
        }
        return known;
    }

    /** Returns all calls, as they are now. */
    List<LlmCall> all() {
        LlmCall[] all = new LlmCall[size];
        for (int index = 0; index < size; index++) {
            all[index] = get(index);
        }
        return List.of(all);
    }

    /** Returns the bytes of all calls, as they are now. */
    byte[][] snapshot() {
        return Arrays.copyOf(packed, size);
    }

    LlmCall unpack(byte[] call) {
        return codec.unpack(call);
    }

    void add(LlmCall call) {
        if (size == packed.length) {
            int more = size + (size >> 1);
            packed = Arrays.copyOf(packed, more);
            answers = Arrays.copyOf(answers, more);
            requests = Arrays.copyOf(requests, more);
        }
        packed[size] = codec.pack(call);
        answers[size] = hash(call.responseId());
        requests[size] = hash(call.requestDigest());
        size++;
        if (2 * size > places.length) {
            places = new int[2 * places.length];
            indexes().forEach(this::place);
        } else {
            place(size - 1);
        }
    }

    /** What is not known has a hash of its own. */
    private static int hash(@Nullable String text) {
        int hash = text == null ? 0 : text.hashCode();
        return text != null && hash == 0 ? 1 : hash;
    }

    private void place(int index) {
        if (answers[index] == 0 || requests[index] == 0) {
            return;
        }
        int place = home(answers[index], requests[index]);
        while (places[place] != 0) {
            place = after(place);
        }
        places[place] = index + 1;
    }

    private int home(int answer, int request) {
        int hash = 31 * answer + request;
        return (hash ^ hash >>> 16) & places.length - 1;
    }

    private int after(int place) {
        return place + 1 & places.length - 1;
    }

    /** Puts another call in the place of one with the same answer and request. */
    void set(int index, LlmCall call) {
        packed[index] = codec.pack(call);
        last = null;
    }

    /** Finds the calls with an answer of that id, in order. */
    IntStream withAnswer(@Nullable String responseId) {
        int answer = hash(responseId);
        return responseId == null
                ? IntStream.empty()
                : indexes()
                        .filter(index -> answers[index] == answer)
                        .filter(index -> responseId.equals(get(index).responseId()));
    }

    /** Finds the first call with the same answer to the same request. */
    OptionalInt withAnswerAndRequestOf(LlmCall call) {
        if (call.responseId() == null || call.requestDigest() == null) {
            return OptionalInt.empty();
        }
        int answer = hash(call.responseId());
        int request = hash(call.requestDigest());
        for (int place = home(answer, request); places[place] != 0; place = after(place)) {
            int index = places[place] - 1;
            if (answers[index] == answer && requests[index] == request && isRepeated(get(index), call)) {
                return OptionalInt.of(index);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isRepeated(LlmCall one, LlmCall other) {
        return Objects.equals(one.responseId(), other.responseId())
                && Objects.equals(one.requestDigest(), other.requestDigest());
    }
}
