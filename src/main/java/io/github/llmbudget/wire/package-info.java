/** Turns the bytes of HTTP exchanges, as they pass, into calls: one {@link io.github.llmbudget.wire.WireFormat} a provider family. */
@NullMarked
package io.github.llmbudget.wire;

import org.jspecify.annotations.NullMarked;
