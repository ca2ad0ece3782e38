package io.github.llmbudget.report;

import com.google.gson.stream.JsonReader;
import io.github.llmbudget.price.PriceBasis;
import io.github.llmbudget.price.PriceListId;
import io.github.llmbudget.wire.JsonOut;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One line of a journal: an object with one member, which tells what it is about. Values are written and read by hand: the
 * first call of a JVM waits until its test is noted, and reflection takes its time when it is first used.
 */
sealed interface JournalLine {

    /** Writes the line, without its end. */
    default void write(JsonOut out, TestLineWriter tests) throws IOException {
        out.beginObject().name(member());
        writeValue(out, tests);
        out.endObject();
    }

    /** Returns the name of the member. */
    String member();

    /** Writes the value of the member. */
    void writeValue(JsonOut out, TestLineWriter tests) throws IOException;

    /**
     * The JVM that writes the journal: its first line, and again the first one of each later plan.
     *
     * @param pid its process
     * @param project the name of the directory it runs in
     * @param start when it was started
     */
    record Jvm(long pid, String project, Instant start) implements JournalLine {

        public Jvm {
            Objects.requireNonNull(project, "it does not tell the project");
        }

        static Jvm current() {
            JvmProcess own = JvmProcess.current();
            Path directory = Path.of("").toAbsolutePath().getFileName();
            return new Jvm(own.pid(), directory == null ? "" : directory.toString(), own.start());
        }

        JvmProcess process() {
            return new JvmProcess(pid, start);
        }

        private static Jvm read(JsonReader in) throws IOException {
            Members jvm = Members.read(in);
            return new Jvm(Long.parseLong(jvm.told("pid")), jvm.told("project"), Instant.parse(jvm.told("start")));
        }

        @Override
        public String member() {
            return "jvm";
        }

        @Override
        public void writeValue(JsonOut out, TestLineWriter tests) throws IOException {
            out.beginObject();
            out.name("pid").value(pid);
            out.name("project").value(project);
            out.name("start").value(start.toString());
            out.endObject();
        }
    }

    /**
     * A test has begun to make calls.
     *
     * @param id the test
     * @param name its name for a reader
     */
    record Began(String id, String name) implements JournalLine {

        public Began {
            Objects.requireNonNull(id, "it does not tell the test");
            Objects.requireNonNull(name, "it does not tell the name of the test");
        }

        private static Began read(JsonReader in) throws IOException {
            Members began = Members.read(in);
            return new Began(began.told("id"), began.told("name"));
        }

        @Override
        public String member() {
            return "began";
        }

        @Override
        public void writeValue(JsonOut out, TestLineWriter tests) throws IOException {
            out.beginObject();
            out.name("id").value(id);
            out.name("name").value(name);
            out.endObject();
        }
    }

    /**
     * What the prices of tests are taken from.
     *
     * @param basis the price lists
     */
    record Prices(PriceBasis basis) implements JournalLine {

        @Override
        public String member() {
            return "prices";
        }

        @Override
        public void writeValue(JsonOut out, TestLineWriter tests) throws IOException {
            write(out, basis);
        }

        static void write(JsonOut out, PriceBasis basis) throws IOException {
            out.beginObject();
            out.name("asOf").value(basis.asOf().toString());
            out.name("lists").beginArray();
            for (PriceListId list : basis.lists()) {
                out.beginObject();
                out.name("name").value(list.name());
                if (list.asOf() != null) {
                    out.name("asOf").value(list.asOf().toString());
                }
                out.name("sha256").value(list.sha256());
                out.endObject();
            }
            out.endArray();
            out.endObject();
        }

        private static Prices read(JsonReader in) throws IOException {
            Members prices = new Members();
            List<PriceListId> lists = new ArrayList<>();
            CallReader.members(in, (name, value) -> {
                if (name.equals("lists")) {
                    CallReader.elements(value, list -> lists.add(readId(list)));
                } else {
                    prices.take(name, value);
                }
            });
            return new Prices(new PriceBasis(LocalDate.parse(prices.told("asOf")), lists));
        }

        private static PriceListId readId(JsonReader in) throws IOException {
            Members list = Members.read(in);
            return new PriceListId(list.told("name"), list.get("asOf", LocalDate::parse), list.told("sha256"));
        }
    }

    /**
     * A test that is over.
     *
     * @param test what it used
     */
    record Test(TestUsage test) implements JournalLine {

        @Override
        public String member() {
            return "test";
        }

        @Override
        public void writeValue(JsonOut out, TestLineWriter tests) throws IOException {
            tests.write(out, test);
        }
    }

    /**
     * The tests of a plan are over.
     *
     * @param at when
     */
    record Ended(Instant at) implements JournalLine {

        @Override
        public String member() {
            return "ended";
        }

        @Override
        public void writeValue(JsonOut out, TestLineWriter tests) throws IOException {
            out.value(at.toString());
        }
    }

    /**
     * Reads a line.
     *
     * @throws IOException if it is no JSON
     * @throws RuntimeException if it is not what a journal holds: whatever the constructors and parsers of values throw
     */
    static JournalLine parse(Reader line, TestReader tests) throws IOException {
        JsonReader in = new JsonReader(line);
        in.beginObject();
        String member = in.nextName();
        JournalLine parsed = switch (member) {
            case "jvm" -> Jvm.read(in);
            case "began" -> Began.read(in);
            case "prices" -> Prices.read(in);
            case "test" -> new Test(tests.read(in));
            case "ended" -> new Ended(Instant.parse(in.nextString()));
            default -> throw new IllegalArgumentException("it tells of an unknown \"" + member + "\"");
        };
        in.endObject();
        return parsed;
    }
}
