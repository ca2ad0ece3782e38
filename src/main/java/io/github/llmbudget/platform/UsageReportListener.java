package io.github.llmbudget.platform;

import org.apiguardian.api.API;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the report when a plan is over, for launchers that are set up by hand. Others have it written by
 * {@link UsageReportSession}. It reads what the tests left in the journal, and never changes their verdict.
 *
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class UsageReportListener implements TestExecutionListener {

    /** Creates the listener. */
    public UsageReportListener() {}

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        PlanReport.checkSettings(plan);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        PlanReport.write(plan);
    }
}
