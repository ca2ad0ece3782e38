/**
 * Keeps what a test and its service said to each other in a file, finds the recorded answer to a request, and says what
 * differs where there is none. It knows neither servers nor clients nor JUnit.
 *
 * <p>A {@link io.github.llmbudget.cassette.Recording} takes exchanges as they pass and makes a
 * {@link io.github.llmbudget.cassette.Cassette} of them, a {@link io.github.llmbudget.cassette.CassetteStore} keeps it, and
 * a {@link io.github.llmbudget.cassette.Playback} answers from it. The
 * {@link io.github.llmbudget.cassette.CassetteRules} of the test say what counts when requests are compared and what must
 * not be written.
 */
@NullMarked
package io.github.llmbudget.cassette;

import org.jspecify.annotations.NullMarked;
