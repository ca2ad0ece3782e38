package io.github.llmbudget.endpoint;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets a request that found no reply beside the reply that is closest. */
final class ReplyComparison {

    private static final String REQUEST = "the request";

    private ReplyComparison() {}

    /** Returns a table, a line for each condition of the matcher; {@code null} if there is no matcher. */
    static @Nullable String of(LlmRequest request, @Nullable RequestMatcher matcher, Reply reply, String remark) {
        if (matcher == null) {
            return null;
        }
        List<RequestMatcher.Difference> lines = matcher.compare(request);
        int subject = width(lines, RequestMatcher.Difference::subject, "");
        int actual = width(lines, RequestMatcher.Difference::actual, REQUEST);
        StringBuilder table =
                new StringBuilder(line(subject, "", actual, REQUEST, "  ", "the closest reply: " + reply + remark));
        for (RequestMatcher.Difference line : lines) {
            table.append('\n')
                    .append(line(
                            subject,
                            line.subject(),
                            actual,
                            line.actual(),
                            line.agrees() ? "  " : "!=",
                            line.expected()));
        }
        return table.toString();
    }

    private static int width(
            List<RequestMatcher.Difference> lines, Function<RequestMatcher.Difference, String> column, String title) {
        return lines.stream().map(column).mapToInt(String::length).reduce(title.length(), Math::max);
    }

    private static String line(int first, String subject, int second, String actual, String sign, String expected) {
        return padded(subject, first) + "  " + padded(actual, second) + "  " + sign + "  " + expected;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
