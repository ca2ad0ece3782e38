package io.github.llmbudget.cassette;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** A JVM that writes a cassette again and again, each time with other contents, until it halts at any moment. */
final class CassetteWriterProcess {

    static final int HALTED = 7;
    static final int EXCHANGES = 300;

    private CassetteWriterProcess() {}

    /** Takes the directory, the name of the cassette, and how many milliseconds to write after the first time. */
    public static void main(String[] arguments) throws Exception {
        CassetteStore store =
                new CassetteStore(Path.of(arguments[0]), ClassLoader.getSystemClassLoader(), CassetteStore.DIRECTORY);
        for (int round = 0; ; round++) {
            String[] questions = new String[EXCHANGES];
            Arrays.fill(questions, "round " + round + " " + "x".repeat(round % 50));
            store.write(arguments[1], Exchanges.answering(questions), CassetteRules.NONE, Set.of());
            if (round == 0) {
                Thread halting = new Thread(() -> {
                    try {
                        Thread.sleep(Long.parseLong(arguments[2]));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(HALTED);
                });
                halting.setDaemon(true);
                halting.start();
            }
        }
    }
}
