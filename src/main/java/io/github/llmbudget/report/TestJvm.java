package io.github.llmbudget.report;

import java.time.Instant;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that tests of the run ran in.
 *
 * @param pid its process
 * @param project the name of the directory that it ran in
 * @param start when its process was started
 * @param end when its tests were over, {@code null} if they are not, or if it was killed
 * @param tests how many tests it told of
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TestJvm(
        long pid, String project, Instant start, @Nullable Instant end, int tests) {}
