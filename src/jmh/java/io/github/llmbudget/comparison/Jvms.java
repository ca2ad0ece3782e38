package io.github.llmbudget.comparison;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Where the figures of entrants come from. */
interface Jvms extends AutoCloseable {

    /** Has an entrant do its work once, while no other does anything. */
    Map<Figure, Double> figures(Entrant entrant) throws IOException;

    @Override
    void close();

    /** A JVM for each entrant, which lives as long as this and is warm after a while. */
    final class Kept implements Jvms {

        private final Map<Entrant, Jvm> running = new HashMap<>();

        @Override
        public Map<Figure, Double> figures(Entrant entrant) throws IOException {
            Jvm jvm = running.get(entrant);
            if (jvm != null) {
                return jvm.again();
            }
            Jvm started = Jvm.start(entrant);
            running.put(entrant, started);
            return started.figures();
        }

        @Override
        public void close() {
            running.values().forEach(Jvm::close);
        }
    }

    /** A new JVM each time. */
    final class Fresh implements Jvms {

        @Override
        public Map<Figure, Double> figures(Entrant entrant) throws IOException {
            try (Jvm jvm = Jvm.start(entrant)) {
                return jvm.figures();
            }
        }

        @Override
        public void close() {}
    }
}
