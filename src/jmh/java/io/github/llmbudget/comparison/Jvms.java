package io.github.llmbudget.comparison;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Where the figures of entrants come from. */
interface Jvms extends AutoCloseable {

    /** Has an entrant do its work once, while no other does anything. */
    Map<Figure, Double> figures(Entrant entrant) throws IOException;

    @Override
    void close();

    /** A JVM for each entrant, which lives as long as this. It does its work for a while before any of it counts. */
    final class Kept implements Jvms {

        private final Map<Entrant, Jvm> running = new HashMap<>();
        private final Duration warmUp;

        Kept(Duration warmUp) {
            this.warmUp = warmUp;
        }

        @Override
        public Map<Figure, Double> figures(Entrant entrant) throws IOException {
            Jvm jvm = running.get(entrant);
            if (jvm != null) {
                return jvm.again();
            }
            Jvm started = Jvm.start(entrant);
            running.put(entrant, started);
            return warm(started);
        }

        private Map<Figure, Double> warm(Jvm started) throws IOException {
            Map<Figure, Double> figures = started.figures();
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < warmUp.toNanos()) {
                figures = started.again();
            }
            return figures;
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
