package io.github.llmbudget.report;

import org.apiguardian.api.API;

/**
 * What was asked and answered in a call, without secrets. It is kept only where {@code llmbudget.report.prompts} is
 * {@code full}.
 *
 * @param request the body of the request
 * @param answer the body of the answer, empty if none came
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Conversation(String request, String answer) {}
