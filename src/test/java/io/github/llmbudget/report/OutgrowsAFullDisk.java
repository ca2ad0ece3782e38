package io.github.llmbudget.report;

import java.io.IOException;
import java.nio.file.Path;

/** A JVM on a disk that is full when its first test begins, and has room again when that test ends. */
public final class OutgrowsAFullDisk {

    static final RunId RUN = new RunId("full-1");

    private OutgrowsAFullDisk() {}

    /** Takes the report directory. */
    public static void main(String[] arguments) throws Exception {
        TestUsage test = Reports.test("one", Reports.call(1, 1));
        try (RunJournal journal = RunJournal.open(Path.of(arguments[0]), RUN)) {
            try {
                journal.began(test.id(), test.name());
            } catch (IOException e) {
                System.out.println("failed: " + e);
            }
            new ProcessBuilder("prlimit", "--pid=" + ProcessHandle.current().pid(), "--fsize=unlimited:")
                    .inheritIO()
                    .start()
                    .waitFor();
            journal.append(test, Reports.PRICES);
        }
    }
}
