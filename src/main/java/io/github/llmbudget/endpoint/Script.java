package io.github.llmbudget.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one test, and the requests that found none. A request takes the first reply that is meant for such
 * requests; else the next of those that are given in order; else one of those for all others. Safe for use by many threads.
 */
final class Script {

    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    private final List<Entry> matched = new CopyOnWriteArrayList<>();
    private final Deque<Entry> inOrder = new ArrayDeque<>();
    private final List<Reply> otherwise = new ArrayList<>();
    private final List<UnexpectedRequest> unexpected = new ArrayList<>();
    private @Nullable PromptCache promptCache;
    private int answered;

    synchronized void add(int times, Reply reply) {
        inOrder.add(new Entry(null, reply, checked(times)));
    }

    synchronized void add(RequestMatcher matcher, int times, Reply reply) {
        matched.add(new Entry(Objects.requireNonNull(matcher, "matcher"), reply, checked(times)));
    }

    synchronized void always(RequestMatcher matcher, Reply reply) {
        matched.add(new Entry(Objects.requireNonNull(matcher, "matcher"), reply, ANY_NUMBER));
    }

    /** Of several, the last that an operation can answer with counts. */
    synchronized void otherwise(Reply reply) {
        otherwise.add(0, Objects.requireNonNull(reply, "reply"));
    }

    synchronized void cachePrompts() {
        promptCache = promptCache == null ? new PromptCache() : promptCache;
    }

    /** Returns what remembers the prompts, {@code null} if nothing does. */
    synchronized @Nullable PromptCache promptCache() {
        return promptCache;
    }

    private static int checked(int times) {
        if (times < 1) {
            throw new IllegalArgumentException(
                    "A reply is given at least once, not " + times + " times. Leave out one that is never given.");
        }
        return times;
    }

    /**
     * Takes the reply to a request and numbers it. Conditions are asked while nothing is locked: they are code of the test,
     * which may take its time, or call the endpoint itself.
     *
     * @throws UnscriptedRequestException if there is none; the request is noted
     */
    Numbered next(LlmRequest request, ReplyShape shape) throws UnscriptedRequestException {
        Optional<Reply> reply = meantFor(request, shape);
        if (reply.isEmpty()) {
            reply = unconditional(shape);
        }
        if (reply.isEmpty()) {
            throw missed(request, shape, reason(shape));
        }
        return numbered(reply.get());
    }

    private Optional<Reply> meantFor(LlmRequest request, ReplyShape shape) {
        for (Entry entry : matched) {
            if (isLeft(entry) && entry.isFor(request, shape) && take(entry)) {
                return Optional.of(entry.reply);
            }
        }
        return Optional.empty();
    }

    private synchronized boolean isLeft(Entry entry) {
        return !entry.isUsedUp();
    }

    /** Uses a reply once, unless another request was quicker. */
    private synchronized boolean take(Entry entry) {
        boolean isLeft = !entry.isUsedUp();
        if (isLeft) {
            entry.use();
        }
        return isLeft;
    }

    private synchronized Optional<Reply> unconditional(ReplyShape shape) {
        return nextInOrder(shape).or(() -> other(shape)).or(shape::unscripted);
    }

    private synchronized Numbered numbered(Reply reply) {
        return new Numbered(reply, ++answered);
    }

    private Optional<Reply> nextInOrder(ReplyShape shape) {
        Entry next = inOrder.peek();
        if (next == null || !shape.takes(next.reply)) {
            return Optional.empty();
        }
        next.use();
        if (next.isUsedUp()) {
            inOrder.remove();
        }
        return Optional.of(next.reply);
    }

    private Optional<Reply> other(ReplyShape shape) {
        return inOrder.isEmpty() ? otherwise.stream().filter(shape::takes).findFirst() : Optional.empty();
    }

    private synchronized String reason(ReplyShape shape) {
        if (!shape.isPlayed()) {
            return "MockLlm does not play this operation";
        }
        if (!inOrder.isEmpty()) {
            return "the next reply is " + inOrder.peek().reply + ", which this operation cannot answer with";
        }
        if (!otherwise.isEmpty()) {
            return "the reply to all others is " + otherwise.get(0) + ", which this operation cannot answer with";
        }
        boolean isLeft = matched.stream().anyMatch(entry -> !entry.isUsedUp());
        return isLeft ? "no reply of the script is meant for it" : "the script has no reply left";
    }

    /** Notes a request that cannot be answered. */
    UnscriptedRequestException missed(LlmRequest request, ReplyShape shape, String reason) {
        UnexpectedRequest noted = new UnexpectedRequest(
                request.method(),
                request.path(),
                request.model(),
                reason,
                shape.isPlayed() ? comparison(request, shape) : null);
        synchronized (this) {
            unexpected.add(noted);
        }
        return new UnscriptedRequestException(noted);
    }

    /** Sets the request beside the reply whose conditions it meets best, one that is left rather than one that is used up. */
    private @Nullable String comparison(LlmRequest request, ReplyShape shape) {
        return matched.stream()
                .max(Comparator.comparingLong((Entry entry) -> entry.agreement(request))
                        .thenComparing(entry -> shape.canAnswerWith(entry.reply))
                        .thenComparing(this::isLeft))
                .map(entry -> ReplyComparison.of(request, entry.matcher, entry.reply, remark(entry, shape)))
                .orElse(null);
    }

    /** Says why a reply is not given though its conditions may hold. */
    private String remark(Entry entry, ReplyShape shape) {
        if (!shape.canAnswerWith(entry.reply)) {
            return ", which this operation cannot answer with";
        }
        return isLeft(entry) ? "" : ", used up";
    }

    synchronized List<UnexpectedRequest> unexpected() {
        return List.copyOf(unexpected);
    }

    /** Returns the replies that are to be given and were not, each with how often. */
    synchronized List<UnusedReply> unused() {
        return Stream.concat(matched.stream(), inOrder.stream())
                .filter(entry -> !entry.isUsedUp() && entry.times != ANY_NUMBER)
                .map(entry -> new UnusedReply(
                        entry.reply.toString(),
                        entry.matcher == null ? null : entry.matcher.toString(),
                        entry.times - entry.used,
                        entry.times))
                .toList();
    }

    record Numbered(Reply reply, int number) {}

    /** A reply, whom it is meant for, and how often it is given. */
    private static final class Entry {

        private final @Nullable RequestMatcher matcher;
        private final Reply reply;
        private final int times;
        private int used;

        Entry(@Nullable RequestMatcher matcher, Reply reply, int times) {
            this.matcher = matcher;
            this.reply = Objects.requireNonNull(reply, "reply");
            this.times = times;
        }

        boolean isFor(LlmRequest request, ReplyShape shape) {
            return shape.canAnswerWith(reply) && matcher != null && matcher.matches(request);
        }

        long agreement(LlmRequest request) {
            return matcher == null ? 0 : matcher.agreement(request);
        }

        void use() {
            used += times == ANY_NUMBER ? 0 : 1;
        }

        boolean isUsedUp() {
            return used == times;
        }
    }
}
