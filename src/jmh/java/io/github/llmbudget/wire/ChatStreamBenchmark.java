package io.github.llmbudget.wire;

import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.TokenCounts;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Ways to find the usage of a stream of 1,002 events, from the least that must be done to a tree of every event. */
@State(Scope.Benchmark)
public class ChatStreamBenchmark extends WireBenchmark {

    private static final int EVENTS = 1_002;

    /** What the chunks hold. */
    @Param("LEAN")
    ChatStream.Chunk chunk;

    /** How many bytes arrive at a time, or {@code whole}. */
    @Param({"whole", "8192"})
    String cut;

    private final ChatExchange exchange = ChatExchange.streamed();
    private Body stream;

    /** Writes the stream. */
    @Setup
    public void writeStream() {
        byte[] bytes = ChatStream.of(chunk, EVENTS);
        stream = cut.equals("whole") ? Body.whole(bytes) : new Body(bytes, Integer.parseInt(cut));
    }

    /** Searches the bytes and parses one event. */
    @Benchmark
    public TokenCounts floorScan() {
        return new FloorScan().search(stream, ChatStream.USAGE);
    }

    /** Walks over each event. */
    @Benchmark
    public TokenCounts pullParserPerEvent() {
        return new PullParserPerEvent().search(stream, ChatStream.USAGE);
    }

    /** Makes a tree of each event. */
    @Benchmark
    public TokenCounts treePerEvent() {
        return new TreePerEvent().search(stream, ChatStream.USAGE);
    }

    /** Reads the whole call, as the endpoint does. */
    @Benchmark
    public LlmCall usageReader() {
        return exchange.read(stream, ChatStream.USAGE);
    }
}
