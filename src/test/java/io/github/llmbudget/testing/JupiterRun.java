package io.github.llmbudget.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.llmbudget.config.Configuration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test cases on the real engine, as a user's build does, with a report directory of their own. */
public final class JupiterRun {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    public JupiterRun(Path reportDirectory) {
        with(Configuration.REPORT_DIR, reportDirectory.toString());
    }

    public JupiterRun with(String key, String value) {
        parameters.put(key, value);
        return this;
    }

    public JupiterRun inParallel() {
        return with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "8");
    }

    public EngineExecutionResults execute(Class<?>... testCases) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
        for (Class<?> testCase : testCases) {
            kit.selectors(selectClass(testCase));
        }
        return kit.execute();
    }

    /** Runs test cases of which one fails, and returns why. */
    public Throwable failureOf(Class<?> testCase) {
        List<Throwable> failures = failures(execute(testCase));
        if (failures.size() != 1) {
            throw new AssertionError("Expected one failure, but there were " + failures);
        }
        return failures.get(0);
    }

    /** Returns why tests and containers failed. */
    public static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().finished().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .filter(result -> result.getStatus() == TestExecutionResult.Status.FAILED)
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
    }

    /** Returns the names of tests and containers that failed. */
    public static List<String> failed(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(Event::getTestDescriptor)
                .map(descriptor -> descriptor.getDisplayName())
                .toList();
    }
}
