package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.util.List;
import java.util.Optional;

/** How one operation of the service answers, as JSON. */
interface ReplyShape {

    /** Tells whether the operation can answer with such content. */
    boolean fits(ReplyContent content);

    /** Returns the body of an answer that is not streamed. */
    JsonMembers body(ReplyFacts facts);

    /** Returns the events of a streamed answer, one a chunk of what the model generates among them. */
    default List<StreamEvent> events(ReplyFacts facts) {
        throw new IllegalStateException("This operation never streams its answer");
    }

    /** Tells whether the operation streams its answer to who asks for that. */
    default boolean isStreamable() {
        return false;
    }

    /** Tells whether there is anything that the operation can answer with. */
    default boolean isPlayed() {
        return true;
    }

    /** Returns the model that answers a request which names none. */
    default String unnamedModel() {
        return "mock-model";
    }

    /** Returns what the operation answers without a script. */
    default Optional<Reply> unscripted() {
        return Optional.empty();
    }

    /** Tells whether the operation can answer with a reply; errors are for all. */
    default boolean canAnswerWith(Reply reply) {
        ReplyContent content = reply.content();
        return content instanceof ReplyContent.Failure
                || content instanceof ReplyContent.NoAnswer
                || (isPlayed() && content instanceof ReplyContent.Computed)
                || fits(content);
    }

    /**
     * Tells whether a reply that is for no request in particular is for such a request: what is answered without a script
     * takes no error and no computed reply away from others.
     */
    default boolean takes(Reply reply) {
        return unscripted().isPresent() ? fits(reply.content()) : canAnswerWith(reply);
    }

    /** Finds the shape of the answer to a request. */
    static ReplyShape of(HttpExchange.Request request) {
        if (request.isPostTo("/chat/completions")) {
            return new ChatShape();
        }
        if (request.isPostTo("/completions")) {
            return new CompletionsShape();
        }
        if (request.isPostTo("/responses")) {
            return new ResponsesShape();
        }
        if (request.isPostTo("/embeddings")) {
            return new EmbeddingsShape();
        }
        if (request.isPostTo("/moderations")) {
            return new ModerationsShape();
        }
        return ModelsShape.isFor(request) ? ModelsShape.of(request) : new Unplayed();
    }

    /** An operation that is not played, and can only fail. */
    final class Unplayed implements ReplyShape {

        @Override
        public boolean fits(ReplyContent content) {
            return false;
        }

        @Override
        public boolean isPlayed() {
            return false;
        }

        @Override
        public JsonMembers body(ReplyFacts facts) {
            throw new IllegalStateException("This operation is not played");
        }
    }
}
