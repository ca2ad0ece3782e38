package io.github.llmbudget.report;

import org.apiguardian.api.API;

/**
 * What one part of a run cost: a role, a class or a package.
 *
 * @param name the role, class or package
 * @param tests how many tests have calls in it
 * @param totals the sums over these calls
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Share(String name, int tests, Totals totals) {}
