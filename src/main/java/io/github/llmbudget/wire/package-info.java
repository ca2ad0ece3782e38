/**
 * Turns the bytes of HTTP exchanges, as they pass, into calls.
 *
 * <p>A {@link io.github.llmbudget.wire.WireFormat} knows which requests are calls of a family of services. Those of services
 * that speak JSON extend {@link io.github.llmbudget.wire.JsonFormat} and describe the answers in a
 * {@link io.github.llmbudget.wire.JsonAnswer}: where its {@link io.github.llmbudget.wire.AnswerField}s stand, which counts
 * are parts of others ({@link io.github.llmbudget.wire.UsageRule}), and what a later usage object in a stream means
 * ({@link io.github.llmbudget.wire.UsageMerge}). Unpacking, framing, estimates and whatever else all services have in
 * common is done here for every description.
 */
@NullMarked
package io.github.llmbudget.wire;

import org.jspecify.annotations.NullMarked;
