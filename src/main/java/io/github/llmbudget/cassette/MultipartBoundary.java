package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives the parts of every multipart body the same boundary: clients draw one by lot for each request. */
final class MultipartBoundary {

    private static final String CONSTANT = "llm-budget-boundary";
    private static final Pattern PARAMETER =
            Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

    private MultipartBoundary() {}

    static RecordedRequest replacedIn(RecordedRequest request) {
        String contentType = request.contentType();
        if (contentType == null || !MediaType.of(contentType).startsWith("multipart/")) {
            return request;
        }
        Matcher parameter = PARAMETER.matcher(contentType);
        if (!parameter.find()) {
            return request;
        }
        String boundary = parameter.group(parameter.group(1) == null ? 2 : 1);
        // Every byte is a character of its own in this encoding, so the files in the parts stay as they are.
        String body = new String(request.body(), ISO_8859_1).replace("--" + boundary, "--" + CONSTANT);
        return new RecordedRequest(
                request.method(),
                request.path(),
                parameter.replaceFirst("boundary=" + CONSTANT),
                body.getBytes(ISO_8859_1));
    }
}
