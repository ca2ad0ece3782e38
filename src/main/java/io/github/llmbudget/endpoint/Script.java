package io.github.llmbudget.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replies of one test, in order, and the requests that found none. Safe for use by many threads. */
final class Script {

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<UnexpectedRequest> unexpected = new ArrayList<>();
    private @Nullable Reply otherwise;
    private int answered;

    synchronized void add(Reply reply) {
        replies.add(reply);
    }

    synchronized void otherwise(Reply reply) {
        otherwise = reply;
    }

    /** Takes the next reply and numbers it. */
    synchronized Optional<Numbered> next() {
        Reply reply = replies.isEmpty() ? otherwise : replies.poll();
        return Optional.ofNullable(reply).map(found -> new Numbered(found, ++answered));
    }

    synchronized void missed(UnexpectedRequest request) {
        unexpected.add(request);
    }

    synchronized List<UnexpectedRequest> unexpected() {
        return List.copyOf(unexpected);
    }

    record Numbered(Reply reply, int number) {}
}
