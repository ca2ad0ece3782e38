package io.github.llmbudget.report;

import java.time.Instant;
import java.util.Objects;

/**
 * The process that a JVM lives in. Numbers are given again; no other process with the number was started at the same time.
 *
 * @param pid its number
 * @param start when it was started
 */
record JvmProcess(long pid, Instant start) {

    JvmProcess {
        if (pid <= 0) {
            throw new IllegalArgumentException("there is no process " + pid);
        }
        Objects.requireNonNull(start, "it does not tell when the process was started");
    }

    static JvmProcess current() {
        return of(ProcessHandle.current());
    }

    static JvmProcess of(ProcessHandle process) {
        return new JvmProcess(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Names of files tell milliseconds. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .map(JvmProcess::of)
                .filter(process -> process.start.toEpochMilli() == start.toEpochMilli())
                .isPresent();
    }
}
