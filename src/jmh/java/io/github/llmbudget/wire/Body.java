package io.github.llmbudget.wire;

/**
 * The body of an answer and how it arrives.
 *
 * @param bytes the whole body
 * @param cut how many bytes arrive at a time
 */
@SuppressWarnings("ArrayRecordComponent") // a body is read, never compared
record Body(byte[] bytes, int cut) {

    /** Takes the bytes as they arrive. */
    @FunctionalInterface
    interface Sink {

        void accept(byte[] bytes, int offset, int length);
    }

    static Body whole(byte[] bytes) {
        return new Body(bytes, bytes.length);
    }

    void sendTo(Sink sink) {
        for (int at = 0; at < bytes.length; at += cut) {
            sink.accept(bytes, at, Math.min(cut, bytes.length - at));
        }
    }
}
