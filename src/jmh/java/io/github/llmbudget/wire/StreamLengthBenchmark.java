package io.github.llmbudget.wire;

import io.github.llmbudget.call.LlmCall;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Shows how time and memory grow with the length of a stream. */
@State(Scope.Benchmark)
public class StreamLengthBenchmark extends WireBenchmark {

    private static final int CUT = 8_192;

    /** What the chunks hold. */
    @Param("LEAN")
    ChatStream.Chunk chunk;

    /** How many events the stream has. */
    @Param({"501", "1002", "2004"})
    int events;

    private final ChatExchange exchange = ChatExchange.streamed();
    private Body stream;

    /** Writes the stream. */
    @Setup
    public void writeStream() {
        stream = new Body(ChatStream.of(chunk, events), CUT);
    }

    /** Reads the whole call, as the endpoint does. */
    @Benchmark
    public LlmCall usageReader() {
        return exchange.read(stream, ChatStream.USAGE);
    }
}
