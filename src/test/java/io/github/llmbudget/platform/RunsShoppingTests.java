package io.github.llmbudget.platform;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.llmbudget.config.Configuration;
import java.io.PrintWriter;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A JVM that runs tests as an IDE does, and tells how they ended. */
public final class RunsShoppingTests {

    private RunsShoppingTests() {}

    /** Takes the report directory. */
    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(ShoppingTestCases.class))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .configurationParameter(Configuration.REPORT_DIR, arguments[0])
                                .build(),
                        summary);
        PrintWriter out = new PrintWriter(System.out, true);
        out.println(summary.getSummary().getTestsSucceededCount() + " passed, "
                + summary.getSummary().getTestsFailedCount() + " failed");
        System.exit(0);
    }
}
