package io.github.llmbudget.comparison;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests of a class, run as build tools run them: in a session, with whose end the library writes its report. */
final class Suite {

    private Suite() {}

    /**
     * Runs them. Of the engines on the class path only JUnit's own takes part.
     *
     * @param tests the name of the class
     * @param settings the configuration parameters
     * @throws IllegalStateException if there are none, or not all pass
     */
    static void run(String tests, Map<String, String> settings) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameters(settings)
                .build();
        try (LauncherSession session = LauncherFactory.openSession(config)) {
            session.getLauncher().execute(request, listener);
        }
        TestExecutionSummary summary = listener.getSummary();
        if (summary.getTestsSucceededCount() == 0 || summary.getTotalFailureCount() > 0) {
            IllegalStateException failed = new IllegalStateException("Not all tests passed");
            summary.getFailures().forEach(failure -> failed.addSuppressed(failure.getException()));
            throw failed;
        }
    }
}
