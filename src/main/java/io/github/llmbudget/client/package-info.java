/** Hooks for client libraries whose calls need not pass the endpoint. They link to the user's own libraries. */
@NullMarked
package io.github.llmbudget.client;

import org.jspecify.annotations.NullMarked;
