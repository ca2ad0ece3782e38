package io.github.llmbudget.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells the runs apart that write into the same directory. All forks of one Surefire run have the same process above
 * them and are one run; any other JVM is a run of its own.
 *
 * @param value a name that no other run has
 */
record RunId(String value) {

    private static final String SUREFIRE = "surefire.";

    /** Stand between Surefire and its forks on some systems, one for each fork. */
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "cmd.exe");

    static RunId current() {
        ProcessHandle own = ProcessHandle.current();
        boolean forked =
                System.getProperties().stringPropertyNames().stream().anyMatch(name -> name.startsWith(SUREFIRE));
        return of(forked ? buildTool(own) : own);
    }

    private static ProcessHandle buildTool(ProcessHandle fork) {
        return Stream.iterate(fork.parent(), parent -> parent.flatMap(ProcessHandle::parent))
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .filter(Predicate.not(RunId::isShell))
                .findFirst()
                .orElse(fork);
    }

    private static boolean isShell(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(SHELLS::contains)
                .isPresent();
    }

    private static RunId of(ProcessHandle process) {
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new RunId(process.pid() + "-" + started);
    }
}
