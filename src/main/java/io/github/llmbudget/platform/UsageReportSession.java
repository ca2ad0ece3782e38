package io.github.llmbudget.platform;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the report when all plans of a JVM are over: a fork of Surefire has a plan for each class. JUnit finds it by its
 * services file.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class UsageReportSession implements LauncherSessionListener {

    private @Nullable TestPlan last;

    /** Creates the listener; found through its services file. */
    public UsageReportSession() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {
            @Override
            public void testPlanExecutionStarted(TestPlan plan) {
                if (last == null) {
                    PlanReport.checkSettings(plan);
                }
            }

            @Override
            public void testPlanExecutionFinished(TestPlan plan) {
                last = plan;
            }
        });
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        TestPlan plan = last;
        if (plan != null) {
            PlanReport.write(plan);
        }
    }
}
