package demo;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.llmbudget.endpoint.MockLlm;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a class and a method as an IDE does, in a JVM of its own. Ends with the number of tests that failed. */
final class IdeRun {

    private IdeRun() {}

    public static void main(String[] args) {
        var summary = new SummaryGeneratingListener();
        var selected = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        selectClass(IdeTestCases.class),
                        selectMethod(LimitsTests.class, "holdForTheMethod", MockLlm.class))
                .build();

        LauncherFactory.create().execute(selected, summary);

        summary.getSummary().getFailures().forEach(failure -> System.out.println(failure.getException()));
        System.out.println("run: " + summary.getSummary().getTestsStartedCount());
        System.exit((int) summary.getSummary().getTestsFailedCount());
    }
}
