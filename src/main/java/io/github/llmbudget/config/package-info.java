/** Where settings come from: system properties, environment, {@code junit-platform.properties}, defaults. */
@NullMarked
package io.github.llmbudget.config;

import org.jspecify.annotations.NullMarked;
