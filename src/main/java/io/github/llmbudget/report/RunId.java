package io.github.llmbudget.report;

import io.github.llmbudget.config.Configuration;
import io.github.llmbudget.config.ConfigurationException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Tells the runs apart that write into the same directory. JVMs that are given the same id are one run; without an id, so
 * are all forks of one Maven, which have the same process above them, and that Maven itself. Any other JVM is a run of its
 * own.
 *
 * @param value a name that no other run has; it can be part of a file name
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record RunId(String value) {

    private static final String NAMED = "id-";
    private static final String DAEMON = "daemon-";
    private static final int LONGEST_ID = 100;

    private static final String SUREFIRE = "surefire.";

    /** Maven is started with it and does not hand it on. Surefire sets its own properties here too if it does not fork. */
    private static final String MAVEN_ITSELF = "classworlds.conf";

    private static final String GRADLE_WORKER = "org.gradle.test.worker";

    /** Stand between Surefire and its forks on some systems, one for each fork. */
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "cmd.exe");

    /**
     * Finds the run that this JVM belongs to.
     *
     * @param configuration the configuration, which may name it
     * @return the run
     * @throws ConfigurationException if its name is too long for a file
     */
    public static RunId of(Configuration configuration) {
        return configuration.text(Configuration.RUN_ID).map(RunId::named).orElseGet(RunId::byProcess);
    }

    private static RunId named(String id) {
        String value = NAMED + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("*", "%2A");
        if (value.length() > LONGEST_ID) {
            throw new ConfigurationException(
                    Configuration.RUN_ID + " is part of the names of files, and too long for one: " + id);
        }
        return new RunId(value);
    }

    static RunId byProcess() {
        return ofJvm(System.getProperties().stringPropertyNames(), ProcessHandle.current());
    }

    static RunId ofJvm(Set<String> properties, ProcessHandle own) {
        if (properties.contains(GRADLE_WORKER)) {
            return of(DAEMON, buildTool(own));
        }
        if (properties.contains(MAVEN_ITSELF)) {
            return ofMaven(own);
        }
        boolean forked = properties.stream().anyMatch(name -> name.startsWith(SUREFIRE));
        return forked ? ofMaven(buildTool(own)) : of("", own);
    }

    /** A Maven that stays for the next build has the same number then. */
    static RunId ofMaven(ProcessHandle maven) {
        boolean isDaemon = maven.info()
                .commandLine()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains("mvnd"))
                .isPresent();
        return of(isDaemon ? DAEMON : "", maven);
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

    private static RunId of(String kind, ProcessHandle process) {
        return new RunId(
                kind + process.pid() + "-" + JvmProcess.of(process).start().toEpochMilli());
    }

    /**
     * Tells whether the process that this names serves one build after the other, so that only those of its JVMs are one
     * run that ran at the same time.
     */
    boolean isOfDaemon() {
        return value.startsWith(DAEMON);
    }
}
