/** Leads the clients of a Spring application context to the endpoint of the test that runs. */
@NullMarked
package io.github.llmbudget.spring;

import org.jspecify.annotations.NullMarked;
