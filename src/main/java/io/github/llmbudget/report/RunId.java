package io.github.llmbudget.report;

import java.time.Instant;

/**
 * Tells the runs apart that write into the same directory. All forks of one Surefire run have the same parent process
 * and are one run; any other JVM is a run of its own.
 *
 * @param value a name that no other run has
 */
record RunId(String value) {

    private static final String SUREFIRE = "surefire.";

    static RunId current() {
        ProcessHandle own = ProcessHandle.current();
        boolean forked =
                System.getProperties().stringPropertyNames().stream().anyMatch(name -> name.startsWith(SUREFIRE));
        return of(forked ? own.parent().orElse(own) : own);
    }

    private static RunId of(ProcessHandle process) {
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new RunId(process.pid() + "-" + started);
    }
}
