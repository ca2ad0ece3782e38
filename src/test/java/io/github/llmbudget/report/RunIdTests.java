package io.github.llmbudget.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RunIdTests {

    private static final ProcessHandle OWN = ProcessHandle.current();

    private static RunId withProperties(String... names) {
        return RunId.ofJvm(Set.of(names), OWN);
    }

    private static String process(ProcessHandle process) {
        return process.pid() + "-" + JvmProcess.of(process).start().toEpochMilli();
    }

    @Test
    void isTheJvmItselfWithoutABuildTool() {
        assertThat(withProperties("java.version").value()).isEqualTo(process(OWN));
    }

    @Test
    void isTheProcessAboveAFork() {
        RunId run = withProperties("surefire.test.class.path", "java.version");

        assertThat(run).isNotEqualTo(withProperties("java.version"));
        assertThat(run.isOfDaemon()).isFalse();
    }

    @Test
    void isMavenItselfWhereItRunsTheTestsInItsOwnProcess() {
        RunId run = withProperties("surefire.test.class.path", "classworlds.conf");

        assertThat(run.value()).isEqualTo(process(OWN));
    }

    @Test
    void isOfADaemonInAWorkerOfGradle() {
        assertThat(withProperties("org.gradle.test.worker").isOfDaemon()).isTrue();
    }
}
