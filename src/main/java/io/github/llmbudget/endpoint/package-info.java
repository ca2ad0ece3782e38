/** The local server that clients talk to: scripted, or forwarding to the real service. */
@NullMarked
package io.github.llmbudget.endpoint;

import org.jspecify.annotations.NullMarked;
