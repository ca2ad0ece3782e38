package io.github.llmbudget.endpoint;

import io.github.llmbudget.cassette.Recording;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.UsageLedger;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much later the events of a stream come to the client, of a service that sends one each millisecond: straight from the
 * service, through the endpoint, and through the endpoint while it records. Each event says when it was sent.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 20)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
public class StreamLagBenchmark {

    private static final int EVENTS = 500;
    private static final long BETWEEN_NANOS = 1_000_000;
    private static final String QUESTION = "{\"model\":\"gpt-4o\",\"stream\":true,"
            + "\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    /** A model that says one word: a JVM is slow with what it does for the first time. */
    private static final String SHORT_QUESTION = QUESTION.replace("gpt-4o", "short");

    private static final int SHORT_STREAMS = 4_000;

    /** The way of the stream. */
    @Param({"DIRECT", "LIVE", "RECORD"})
    String way;

    private final OkHttpClient client = new OkHttpClient();
    private final EndpointServer server = EndpointServer.start();
    private final EventAMillisecond service = new EventAMillisecond();
    private String url = "";

    /** What is measured, in microseconds. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Lag {

        /** From the request to the first event. */
        public long firstEvent;

        /** From when an event is sent to when it has come, for half of them. */
        public long median;

        /** The same for all but five of 500. */
        public long percentile99;
    }

    /** Asks for short streams until the JVM knows how. */
    @Setup(Level.Trial)
    public void warmUp() throws IOException {
        open();
        for (int i = 0; i < SHORT_STREAMS; i++) {
            try (Response response = ask(SHORT_QUESTION)) {
                response.body().bytes();
            }
        }
    }

    private Response ask(String question) throws IOException {
        return client.newCall(new Request.Builder()
                        .url(url + "/chat/completions")
                        .post(RequestBody.create(question, null))
                        .build())
                .execute();
    }

    /** Opens the way. */
    @Setup(Level.Iteration)
    public void open() {
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ofSeconds(5));
        UpstreamTarget target = new UpstreamTarget(service.url(), null);
        TestCalls calls = TestCalls.ungated(ledger);
        url = switch (way) {
            case "LIVE" -> server.openLive(calls, target).baseUrl();
            case "RECORD" ->
                server.openRecording(calls, target, new Recording()).baseUrl();
            default -> service.url();
        };
    }

    /** Stops everything. */
    @TearDown
    public void stop() throws IOException {
        server.close();
        service.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** Reads the first event of a stream, and the few that follow. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    public int shortStream() throws IOException {
        try (Response response = ask(SHORT_QUESTION)) {
            return response.body().bytes().length;
        }
    }

    /** Reads a stream. */
    @Benchmark
    public void stream(Lag lag) throws IOException {
        long[] lags = new long[EVENTS];
        int come = 0;
        long asked = System.nanoTime();
        try (Response response = ask(QUESTION)) {
            BufferedSource body = response.body().source();
            for (String line = body.readUtf8Line(); line != null; line = body.readUtf8Line()) {
                int at = line.indexOf("sent at ");
                if (at >= 0) {
                    long now = System.nanoTime();
                    lag.firstEvent += come == 0 ? (now - asked) / 1000 : 0;
                    lags[come++] = now - Long.parseLong(line.substring(at + 8, line.indexOf('"', at)));
                }
            }
        }
        if (come != EVENTS) {
            throw new IllegalStateException(come + " events");
        }
        Arrays.sort(lags);
        lag.median += lags[EVENTS / 2] / 1000;
        lag.percentile99 += lags[EVENTS - 5] / 1000;
    }

    /** A service that sends an event each millisecond, with the time at which it does. */
    private static final class EventAMillisecond implements AutoCloseable {

        private static final int END_OF_HEAD = 0x0D0A0D0A;

        private final ServerSocket listening;

        EventAMillisecond() {
            try {
                listening = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread accepting = new Thread(this::accept, "events");
            accepting.setDaemon(true);
            accepting.start();
        }

        String url() {
            return "http://127.0.0.1:" + listening.getLocalPort() + "/v1";
        }

        private void accept() {
            while (!listening.isClosed()) {
                try {
                    Socket client = listening.accept();
                    client.setTcpNoDelay(true);
                    Thread serving = new Thread(() -> serve(client), "events of a client");
                    serving.setDaemon(true);
                    serving.start();
                } catch (IOException e) {
                    return; // closed
                }
            }
        }

        private static void serve(Socket client) {
            try (client) {
                InputStream in = client.getInputStream();
                for (int events = readRequest(in); events > 0; events = readRequest(in)) {
                    answer(client.getOutputStream(), events);
                }
            } catch (IOException e) {
                // The client is gone.
            }
        }

        /** Reads a request, and tells how many events it is worth; 0 if none comes any more. */
        private static int readRequest(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            int last = 0;
            while (last != END_OF_HEAD) {
                int next = in.read();
                if (next < 0) {
                    return 0;
                }
                last = last << 8 | next;
                head.append((char) next);
            }
            String length = head.toString().replaceFirst("(?is).*content-length: *(\\d+).*", "$1");
            byte[] body = in.readNBytes(Integer.parseInt(length));
            return new String(body, StandardCharsets.US_ASCII).contains("short") ? 1 : EVENTS;
        }

        private static void answer(OutputStream out, int events) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            long next = System.nanoTime();
            for (int i = 0; i < events; i++) {
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
                chunk(
                        out,
                        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o\",\"choices\":"
                                + "[{\"index\":0,\"delta\":{\"content\":\"sent at " + System.nanoTime()
                                + "\"},\"finish_reason\":null}]}\n\n");
                next += BETWEEN_NANOS;
            }
            chunk(out, "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":500}}\n\n");
            chunk(out, "data: [DONE]\n\n");
            write(out, "0\r\n\r\n");
        }

        private static void chunk(OutputStream out, String text) throws IOException {
            write(out, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        private static void write(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
