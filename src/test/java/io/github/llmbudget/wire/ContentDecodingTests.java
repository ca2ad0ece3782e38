package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecodingTests {

    private static final String BODY = events(20);
    private static final int WHOLE = Integer.MAX_VALUE;

    private record Packed(String encoding, byte[] bytes, String content) {}

    private record Decoded(String content, @Nullable String problem) {}

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none", "''", "identity", "Identity", "' , '", "'identity, '"})
    void handsOnABodyThatIsNotPacked(@Nullable String encoding) {
        assertThat(decode(encoding, BODY.getBytes(UTF_8), WHOLE)).isEqualTo(new Decoded(BODY, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZip", " gzip ", "gzip, identity", ",gzip"})
    void unpacksGzip(String encoding) {
        assertThat(decode(encoding, gzip(BODY), WHOLE)).isEqualTo(new Decoded(BODY, null));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unpacksDeflateWithAndWithoutItsHeader(boolean bare) {
        for (int level = 0; level <= 9; level++) {
            assertThat(decode("Deflate", deflate(BODY.getBytes(UTF_8), level, bare), WHOLE))
                    .isEqualTo(new Decoded(BODY, null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "events-flushed"})
    void unpacksBrotli(String fixture) {
        assertThat(decode("BR", fixture(fixture), WHOLE)).isEqualTo(new Decoded(BODY, null));
    }

    @Test
    void unpacksBrotliThatBeginsLikeAJsonArray() {
        byte[] packed = fixture("array");

        assertThat(packed[0]).isEqualTo((byte) '[');
        assertThat(decode("br", packed, WHOLE)).isEqualTo(new Decoded(array(), null));
    }

    @Test
    void undoesTheLastCodingFirst() {
        byte[] gzippedTwice = gzip(gzip(BODY.getBytes(UTF_8)));

        assertThat(decode("deflate, gzip", gzip(deflate(BODY.getBytes(UTF_8), 6, false)), WHOLE))
                .isEqualTo(new Decoded(BODY, null));
        assertThat(decode("br, gzip", gzip(fixture("events")), 1)).isEqualTo(new Decoded(BODY, null));
        assertThat(decode("br,identity,deflate", deflate(fixture("events"), 6, true), WHOLE))
                .isEqualTo(new Decoded(BODY, null));
        assertThat(decode("gzip, gzip", gzippedTwice, WHOLE)).isEqualTo(new Decoded(BODY, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate", "br", "zstd", "gzip, br", "br, gzip"})
    void handsOnABodyThatSomebodyUnpackedAlready(String encoding) {
        for (String plain : List.of(
                BODY,
                "{}",
                "{\"id\":1}",
                "{\n  \"id\": 1\n}",
                "[]",
                "[{\"id\":\"a long enough one\"}]",
                "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]",
                "event: message_start\ndata: {}\n\n",
                "id: 1\n\n",
                "retry: 100\n\n",
                ": keep-alive\n\n",
                ":\n\n",
                "\uFEFFdata: {}\n\n",
                "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n{\"id\":1}",
                " {}",
                "d",
                "[",
                "")) {
            assertThat(decode(encoding, plain.getBytes(UTF_8), WHOLE)).isEqualTo(new Decoded(plain, null));
            assertThat(decode(encoding, plain.getBytes(UTF_8), 1)).isEqualTo(new Decoded(plain, null));
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none", "identity", "deflate", "br", "zstd"})
    void unpacksGzipThatIsNotCalledSo(@Nullable String encoding) {
        assertThat(decode(encoding, gzip(BODY), 1)).isEqualTo(new Decoded(BODY, null));
    }

    @Test
    void handsOnWhatBeginsAlmostLikeGzip() {
        List<byte[]> bodies = List.of(new byte[] {0x1F}, new byte[] {0x1F, (byte) 0x8B}, new byte[] {0x1F, 0x20, 0x08});
        for (byte[] body : bodies) {
            assertThat(decodedBytes(null, body, 1)).isEqualTo(body);
        }
        assertThat(decodedBytes("gzip", new byte[] {0x1F, 0x20}, 1)).containsExactly(0x1F, 0x20);
    }

    @ParameterizedTest
    @CsvSource({"zstd,zstd", "'gzip, Zstd',zstd", "'a,b,c,d,e,f','a,b,c,d,e,f'"})
    void saysWhichPackingItCannotRead(String encoding, String named) {
        byte[] zstd = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x04, 0x58};

        assertThat(decode(encoding, zstd, 1))
                .isEqualTo(new Decoded("", "the body is packed as '" + named + "', which cannot be read"));
    }

    @Test
    void readsEachOptionalPartOfTheGzipHeaderHoweverItIsCut() {
        for (int flags = 0; flags < 32; flags++) {
            byte[] packed = gzipWithHeader(flags);
            for (int cut = 1; cut <= 40; cut++) {
                assertThat(decode("gzip", packed, cut)).isEqualTo(new Decoded(BODY, null));
            }
        }
    }

    @Test
    void unpacksAllMembersOfGzip() {
        byte[] packed = join(gzip("data: 1\n\n"), gzip(""), gzipWithHeader(0x1E), gzip("data: 3\n\n"));

        for (int cut = 1; cut <= 40; cut++) {
            assertThat(decode("gzip", packed, cut)).isEqualTo(new Decoded("data: 1\n\n" + BODY + "data: 3\n\n", null));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x1F, 0x41})
    void ignoresWhatFollowsGzipAndIsNone(int follows) {
        byte[] rest = new byte[9];
        Arrays.fill(rest, (byte) follows);

        assertThat(decode("gzip", join(gzip(BODY), rest), 1)).isEqualTo(new Decoded(BODY, null));
        assertThat(decode("deflate", join(deflate(BODY.getBytes(UTF_8), 6, true), rest), WHOLE))
                .isEqualTo(new Decoded(BODY, null));
    }

    @Test
    void keepsWhatBrotliHeldBackThoughSomethingFollows() {
        Decoded decoded = decode("br", join(fixture("events"), new byte[9]), WHOLE);

        assertThat(decoded.content()).isEqualTo(BODY);
        assertThat(decoded.problem()).startsWith("the br data is damaged or broke off: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zlib", "bare"})
    void handsOnEachEventAsSoonAsItIsFlushed(String kind) throws IOException {
        var packed = new ByteArrayOutputStream();
        var unpacked = new ByteArrayOutputStream();
        var decoding = new ContentDecoding(kind.equals("gzip") ? "gzip" : "deflate", unpacked::write);
        int taken = 0;
        try (OutputStream packing = kind.equals("gzip")
                ? new GZIPOutputStream(packed, true)
                : new DeflaterOutputStream(packed, new Deflater(6, kind.equals("bare")), true)) {
            for (int i = 0; i < 50; i++) {
                packing.write(event(i).getBytes(UTF_8));
                packing.flush();
                byte[] all = packed.toByteArray();
                decoding.accept(all, taken, all.length - taken);
                taken = all.length;

                assertThat(unpacked.toString(UTF_8)).isEqualTo(events(i + 1));
            }
        }
        decoding.finish();
    }

    @Test
    void handsOnWhatWasInflatedBeforeTheBodyBrokeOff() {
        for (Packed packed : packedByInflater()) {
            for (int length = 0; length < packed.bytes().length; length++) {
                byte[] start = Arrays.copyOf(packed.bytes(), length);
                Decoded decoded = decode(packed.encoding(), start, WHOLE);

                // One byte names a coding no better than two look like text.
                if (length > 1) {
                    assertThat(packed.content()).startsWith(decoded.content());
                }
                assertThat(decoded.problem()).isNull();
                assertThat(decode(packed.encoding(), start, 1)).isEqualTo(decoded);
            }
            int almostAll = packed.bytes().length - 9;
            assertThat(decode(packed.encoding(), Arrays.copyOf(packed.bytes(), almostAll), WHOLE)
                            .content())
                    .hasSizeGreaterThan(packed.content().length() * 9 / 10);
        }
    }

    @Test
    void takesBrotliThatBreaksOffAnywhere() {
        byte[] packed = fixture("events-flushed");
        for (int length = 1; length < packed.length; length++) {
            byte[] start = Arrays.copyOf(packed, length);
            Decoded decoded = decode("br", start, WHOLE);

            assertThat(BODY).startsWith(decoded.content());
            assertThat(decoded.problem()).startsWith("the br data is damaged or broke off: ");
            assertThat(decode("br", start, 7)).isEqualTo(decoded);
        }
    }

    @Test
    void handsOnEachFullWindowOfBrotli() {
        byte[] packed = fixture("many-events-in-a-small-window");
        var unpacked = new ByteArrayOutputStream();
        var decoding = new ContentDecoding("br", unpacked::write);
        decoding.accept(packed, 0, packed.length);

        assertThat(unpacked.size()).isGreaterThan(200_000);
        decoding.finish();
        assertThat(unpacked.toString(UTF_8)).isEqualTo(events(5000));
        assertThat(decoding.problem()).isNull();
    }

    @Test
    void saysWhatIsWrongWithDamagedData() {
        byte[] wrongChecksum = gzip(BODY);
        wrongChecksum[wrongChecksum.length - 5] ^= 1;
        byte[] wrongData = gzip(BODY);
        wrongData[10] = (byte) 0xFF;
        byte[] wrongMethod = {0x1F, (byte) 0x8B, 7, 0, 0};
        byte[] needsDictionary = {0x78, (byte) 0xBB, 1, 2, 3, 4, 5, 6};

        assertThat(decode("gzip", wrongChecksum, 1))
                .isEqualTo(new Decoded(BODY, "the gzip data is damaged: wrong checksum"));
        assertThat(decode("gzip", wrongData, 1).problem()).isEqualTo("the gzip data is damaged: invalid block type");
        assertThat(decode("gzip", wrongMethod, 1).problem())
                .isEqualTo("the gzip data is damaged: unknown compression method");
        assertThat(decode("deflate", needsDictionary, 1).problem())
                .isEqualTo("the deflate data is damaged: it needs a dictionary");
        assertThat(decode("deflate", new byte[] {(byte) 0xFF, 1, 2, 3}, 1).problem())
                .isEqualTo("the deflate data is damaged: invalid block type");
        assertThat(decode("br", new byte[] {0x11, 1, 2, 3}, 1).problem())
                .isEqualTo("the br data is damaged or broke off: Invalid 'windowBits' code");
    }

    @Property(tries = 300)
    void handsOnTheSameHoweverTheBodyIsCut(
            @ForAll("packed") Packed packed,
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 90) Integer> pieces) {
        assertThat(decode(packed.encoding(), packed.bytes(), lengths(pieces)))
                .isEqualTo(new Decoded(packed.content(), null));
    }

    @Property(tries = 500)
    void handsOnTheSameHoweverADamagedBodyIsCut(
            @ForAll("packed") Packed packed,
            @ForAll @IntRange(min = 2, max = 5000) int place,
            @ForAll byte damage,
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 90) Integer> pieces) {
        byte[] damaged = packed.bytes().clone();
        damaged[2 + place % (damaged.length - 2)] ^= damage;

        assertThat(decode(packed.encoding(), damaged, lengths(pieces)))
                .isEqualTo(decode(packed.encoding(), damaged, WHOLE));
    }

    @Property(tries = 500)
    void neverFailsWhateverTheBytesAre(
            @ForAll("headers") String encoding,
            @ForAll("beginnings") byte[] beginning,
            @ForAll @Size(max = 500) byte[] garbage,
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 90) Integer> pieces) {
        byte[] body = join(beginning, garbage);

        assertThat(decodedBytes(encoding, body, lengths(pieces))).isEqualTo(decodedBytes(encoding, body, WHOLE));
    }

    @Test
    void neitherKeepsNorChangesTheArrayItIsGiven() {
        for (Packed packed : List.of(
                new Packed("gzip", gzip(BODY), BODY),
                new Packed("deflate", deflate(BODY.getBytes(UTF_8), 6, true), BODY),
                new Packed("br", fixture("events"), BODY),
                new Packed("br", BODY.getBytes(UTF_8), BODY))) {
            var unpacked = new ByteArrayOutputStream();
            var decoding = new ContentDecoding(packed.encoding(), unpacked::write);
            for (byte next : packed.bytes()) {
                byte[] reused = {1, next, 3};
                decoding.accept(reused, 1, 1);
                assertThat(reused).containsExactly(1, next, 3);
                Arrays.fill(reused, (byte) 7);
            }
            decoding.finish();

            assertThat(unpacked.toString(UTF_8)).isEqualTo(BODY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "identity"})
    void endsOnceAndTakesNothingAfterwards(String encoding) {
        var unpacked = new ByteArrayOutputStream();
        var decoding = new ContentDecoding(encoding, unpacked::write);
        decoding.accept(fixture("events"), 0, 20);
        decoding.finish();
        int size = unpacked.size();
        decoding.finish();
        decoding.accept(BODY.getBytes(UTF_8), 0, 20);
        decoding.finish();

        assertThat(unpacked.size()).isEqualTo(size);
    }

    @Test
    void usesAThreadOnlyWhileItUnpacksBrotli() throws InterruptedException {
        var sinkThread = new Thread[1];
        var decoding = new ContentDecoding("br", (bytes, offset, length) -> sinkThread[0] = Thread.currentThread());
        assertThat(brotliThreads()).isEmpty();
        decoding.accept(fixture("events"), 0, 50);
        List<Thread> working = brotliThreads();
        assertThat(working).hasSize(1).allMatch(Thread::isDaemon);
        decoding.accept(fixture("events"), 50, fixture("events").length - 50);
        decoding.finish();

        assertThat(sinkThread).containsExactly(Thread.currentThread());
        working.get(0).join(10_000);
        assertThat(brotliThreads()).isEmpty();
    }

    @Test
    void unpacksFarMoreThanFitsIntoMemory() throws IOException {
        long size = 200L << 20;
        var unpacked = new AtomicLong();
        var largest = new AtomicLong();
        var decoding = new ContentDecoding("gzip", (bytes, offset, length) -> {
            unpacked.addAndGet(length);
            largest.accumulateAndGet(bytes.length, Math::max);
        });
        var sink = new OutputStream() {
            @Override
            public void write(int next) {
                write(new byte[] {(byte) next}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                decoding.accept(bytes, offset, length);
            }
        };
        byte[] zeros = new byte[1 << 20];
        long before = usedHeap();
        try (var packing = new GZIPOutputStream(sink)) {
            for (long written = 0; written < size; written += zeros.length) {
                packing.write(zeros);
            }
        }
        long after = usedHeap();
        decoding.finish();

        assertThat(unpacked).hasValue(size);
        assertThat(largest.get()).isLessThan(100_000);
        assertThat(after - before).isLessThan(20L << 20);
        assertThat(decoding.problem()).isNull();
    }

    @Provide
    Arbitrary<Packed> packed() {
        return Arbitraries.of(packings());
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.of(
                "gzip", "x-gzip", "deflate", "br", "gzip, br", "br, deflate", "identity", "zstd", "", "x,");
    }

    @Provide
    Arbitrary<byte[]> beginnings() {
        return Arbitraries.of(
                new byte[0],
                new byte[] {0x1F, (byte) 0x8B, 8},
                new byte[] {0x78, (byte) 0x9C},
                new byte[] {0x1B, 0x40},
                Arrays.copyOf(gzip(BODY), 60),
                Arrays.copyOf(fixture("events"), 60));
    }

    private static List<Packed> packings() {
        byte[] body = BODY.getBytes(UTF_8);
        return List.of(
                new Packed("gzip", gzip(BODY), BODY),
                new Packed("gzip", gzipWithHeader(0x1E), BODY),
                new Packed("gzip", join(gzip(BODY), gzip(BODY)), BODY + BODY),
                new Packed("deflate", deflate(body, 6, true), BODY),
                new Packed("deflate", deflate(body, 6, false), BODY),
                new Packed("br", fixture("events"), BODY),
                new Packed("br", fixture("events-flushed"), BODY),
                new Packed("br", fixture("many-events-in-a-small-window"), events(5000)),
                new Packed("br", fixture("array"), array()),
                new Packed("br, gzip", gzip(fixture("events")), BODY));
    }

    private static List<Packed> packedByInflater() {
        String content = events(40);
        byte[] bytes = content.getBytes(UTF_8);
        return List.of(
                new Packed("gzip", gzip(content), content),
                new Packed("deflate", deflate(bytes, 6, true), content),
                new Packed("deflate", deflate(bytes, 6, false), content));
    }

    private static Decoded decode(@Nullable String encoding, byte[] body, int... lengths) {
        var unpacked = new ByteArrayOutputStream();
        var decoding = new ContentDecoding(encoding, unpacked::write);
        push(decoding, body, lengths);
        return new Decoded(unpacked.toString(UTF_8), decoding.problem());
    }

    private static byte[] decodedBytes(@Nullable String encoding, byte[] body, int... lengths) {
        var unpacked = new ByteArrayOutputStream();
        push(new ContentDecoding(encoding, unpacked::write), body, lengths);
        return unpacked.toByteArray();
    }

    private static void push(ContentDecoding decoding, byte[] body, int... lengths) {
        int position = 0;
        for (int i = 0; position < body.length; i++) {
            int length = Math.min(lengths[i % lengths.length], body.length - position);
            decoding.accept(body, position, length);
            position += length;
        }
        decoding.finish();
    }

    private static int[] lengths(List<Integer> pieces) {
        return pieces.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String event(int number) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word " + number + "\"}}]}\n\n";
    }

    private static String events(int count) {
        return IntStream.range(0, count).mapToObj(ContentDecodingTests::event).collect(Collectors.joining());
    }

    private static String array() {
        return IntStream.range(0, 20_000)
                .mapToObj(i -> String.valueOf(i % 1000))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static byte[] fixture(String name) {
        try (InputStream packed = ContentDecodingTests.class.getResourceAsStream("/wire/" + name + ".br")) {
            return packed.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(String content) {
        return gzip(content.getBytes(UTF_8));
    }

    private static byte[] gzip(byte[] content) {
        var packed = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(packed)) {
            packing.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(byte[] content, int level, boolean bare) {
        var packed = new ByteArrayOutputStream();
        try (var packing = new DeflaterOutputStream(packed, new Deflater(level, bare))) {
            packing.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] gzipWithHeader(int flags) {
        var packed = new ByteArrayOutputStream();
        packed.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
        if ((flags & 4) != 0) {
            packed.writeBytes(new byte[] {5, 0, 1, 0, 0x1F, (byte) 0x8B, 8});
        }
        if ((flags & 8) != 0) {
            packed.writeBytes("answer.txt\0".getBytes(UTF_8));
        }
        if ((flags & 16) != 0) {
            packed.writeBytes("a comment\0".getBytes(UTF_8));
        }
        if ((flags & 2) != 0) {
            packed.writeBytes(new byte[] {0x55, 0x55});
        }
        byte[] content = BODY.getBytes(UTF_8);
        packed.writeBytes(deflate(content, 6, true));
        var checksum = new CRC32();
        checksum.update(content);
        for (long number : new long[] {checksum.getValue(), content.length}) {
            for (int i = 0; i < 4; i++) {
                packed.write((int) (number >> 8 * i));
            }
        }
        return packed.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static List<Thread> brotliThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("llm-budget-brotli"))
                .toList();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
