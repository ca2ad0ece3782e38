package io.github.llmbudget.wire;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.CountSource;
import io.github.llmbudget.call.LlmCall;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.call.TokenCounts;
import io.github.llmbudget.token.TokenCounter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a call out of an answer made of JSON, whole or as an event stream. The last usage object wins, as a whole. What
 * no usage object tells is estimated from the texts.
 */
final class JsonUsageReader implements UsageReader {

    private static final Set<String> TERMINAL_EVENTS =
            Set.of("response.completed", "response.incomplete", "response.failed");
    private static final Set<String> UNFINISHED_WORK = Set.of("queued", "in_progress");

    private final Operation operation;
    private final RequestBody request;
    private final String requestDigest;
    private final ToLongFunction<TokenCounter> promptTokens;
    private final BodyScanner body;
    private final AnswerTexts texts = new AnswerTexts();

    private int httpStatus;
    private @Nullable String model;
    private @Nullable String responseId;
    private @Nullable String serviceTier;
    private @Nullable String progress;
    private @Nullable ReportedUsage usage;
    private @Nullable TokenCounts reported;
    private boolean error;
    private boolean terminalEvent;
    private boolean terminated;

    /**
     * Creates a reader.
     *
     * @param operation what was asked for
     * @param request the request
     * @param body the request's body
     * @param paths where the fields stand in the answer
     * @param promptTokens counts the request's input, if it must be estimated
     */
    JsonUsageReader(
            Operation operation,
            HttpExchange.Request request,
            RequestBody body,
            FieldPaths paths,
            ToLongFunction<TokenCounter> promptTokens) {
        this.operation = operation;
        this.request = body;
        this.requestDigest = digest(request);
        this.promptTokens = promptTokens;
        this.body = new BodyScanner(new JsonScanner(paths, new Fields()), () -> terminated |= terminalEvent);
    }

    @Override
    public void begin(HttpExchange.Response response) {
        httpStatus = response.status();
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        body.accept(bytes, offset, length);
    }

    @Override
    public boolean isComplete() {
        return body.isEnded() || terminated;
    }

    @Override
    public LlmCall finish(CallStatus status) {
        boolean refused = Refusal.is(status, httpStatus);
        LlmCall.Builder call = LlmCall.of(operation, request.model())
                .answeredModel(model)
                .serviceTier(serviceTier)
                .streaming(request.isStreaming())
                .status(refused || error ? CallStatus.FAILED : status, httpStatus)
                .responseId(responseId)
                .requestDigest(requestDigest);
        if (reported != null) {
            call.tokens(reported, CountSource.REPORTED);
        } else if (refused || (error && texts.isEmpty())) {
            call.countNote("the call failed");
        } else if (status == CallStatus.UNFINISHED) {
            call.countNote("the call did not end");
        } else if (status != CallStatus.CUT && progress != null && UNFINISHED_WORK.contains(progress)) {
            call.countNote("the service answered before the work was done");
        } else if (!body.isReadable()) {
            call.countNote("the answer could not be read");
        } else if (status == CallStatus.CUT && !body.isEventStream()) {
            call.countNote("the answer broke off before its usage");
        } else if (status == CallStatus.COMPLETE && operation != Operation.EMBEDDINGS && texts.isEmpty()) {
            call.countNote("the answer came without usage and without text");
        } else {
            estimate(call, status);
        }
        return call.build();
    }

    private void estimate(LlmCall.Builder call, CallStatus status) {
        TokenCounter counter = TokenCounter.forModel(model != null ? model : request.model());
        TokenCounts counts = TokenCounts.of(promptTokens.applyAsLong(counter), texts.tokens(counter));
        String reason = status == CallStatus.CUT
                ? "the answer broke off"
                : body.isEventStream() ? "the stream ended without usage" : "the answer came without usage";
        call.tokens(counts, CountSource.ESTIMATED).countNote("estimated with " + counter.encoding() + ": " + reason);
    }

    private static String digest(HttpExchange.Request request) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(request.operationPath().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
            return HexFormat.of().formatHex(sha.digest(request.body()), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private final class Fields implements JsonScanner.Listener {

        @Override
        public void opened(Field field) {
            switch (field) {
                case USAGE -> usage = new ReportedUsage();
                case CHOICE -> texts.beginChoice();
                case ERROR -> error = true;
                default -> {
                    // The other fields are plain values.
                }
            }
        }

        @Override
        public void value(Field field, String value) {
            switch (field) {
                case MODEL -> model = value.isEmpty() ? model : value;
                case RESPONSE_ID -> responseId = value.isEmpty() ? responseId : value;
                case SERVICE_TIER -> serviceTier = value;
                case EVENT -> terminalEvent = TERMINAL_EVENTS.contains(value);
                case PROGRESS -> progress = value;
                case CHOICE_INDEX -> texts.index(value);
                case TEXT -> texts.append(value);
                case ERROR -> error = true;
                default -> {
                    if (usage != null) {
                        usage.put(field, value);
                    }
                }
            }
        }

        @Override
        public void closed(Field field) {
            if (field == Field.USAGE && usage != null) {
                TokenCounts counts = usage.toTokenCounts(operation == Operation.EMBEDDINGS);
                reported = counts == null ? reported : counts;
                usage = null;
            } else if (field == Field.CHOICE) {
                texts.endChoice();
            }
        }
    }

    /** The texts of the alternative answers, in case they must be counted. */
    private static final class AnswerTexts {

        private final TreeMap<String, StringBuilder> byChoice = new TreeMap<>();
        private final StringBuilder piece = new StringBuilder();
        private String choice = "";

        void beginChoice() {
            piece.setLength(0);
            choice = "";
        }

        void index(String index) {
            choice = index;
        }

        void append(String text) {
            piece.append(text);
        }

        void endChoice() {
            byChoice.computeIfAbsent(choice, key -> new StringBuilder()).append(piece);
            piece.setLength(0);
        }

        boolean isEmpty() {
            return piece.isEmpty() && byChoice.values().stream().allMatch(StringBuilder::isEmpty);
        }

        long tokens(TokenCounter counter) {
            return counter.count(piece.toString())
                    + byChoice.values().stream()
                            .mapToLong(text -> counter.count(text.toString()))
                            .sum();
        }
    }
}
