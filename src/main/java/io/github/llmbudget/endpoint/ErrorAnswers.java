package io.github.llmbudget.endpoint;

import io.github.llmbudget.budget.CallRefusedException;
import io.github.llmbudget.call.Operation;
import io.github.llmbudget.wire.HttpExchange;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors in the shape in which the service sends them, so that every client understands them. */
final class ErrorAnswers {

    private static final int BAD_REQUEST = 400;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;

    private static final String CUT = "llm-budget: this stream was cut at a limit of its test.";
    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String PERMISSION = "permission_error";
    private static final String BUDGET_EXCEEDED = "budget_exceeded";

    /** Tells clients of the openai-java family not to repeat the request. */
    private static final HttpExchange.Header NO_RETRY = new HttpExchange.Header("X-Should-Retry", "false");

    /** For answers that do not wait. */
    private static final Pause NO_PAUSE = new Pause();

    private ErrorAnswers() {}

    /** An error of the mocked service. */
    static Answer of(int status, ServiceError error, List<HttpExchange.Header> headers) {
        return atOnce(status, error.message(), error.type(), error.code(), headers);
    }

    /** A request that nobody scripted. */
    static Answer unexpected(UnexpectedRequest request) {
        return atOnce(
                BAD_REQUEST,
                "llm-budget: nobody scripted " + request + ". Add a reply with MockLlm.reply(...).",
                INVALID_REQUEST,
                "unscripted_request",
                List.of(NO_RETRY));
    }

    /** A request that is not in the cassette. */
    static Answer notRecorded(String request) {
        return atOnce(
                BAD_REQUEST,
                "llm-budget: the cassette of this test has no answer left to " + request
                        + ". The failure of the test says what differs.",
                INVALID_REQUEST,
                "unrecorded_request",
                List.of(NO_RETRY));
    }

    /** An address that belongs to no running test. */
    static Answer noTest(String path) {
        return atOnce(
                NOT_FOUND,
                "llm-budget: no running test has the address of " + path
                        + ". Give the client the baseUrl() of the test's own LlmEndpoint; it ends with the test.",
                INVALID_REQUEST,
                "no_such_test",
                List.of(NO_RETRY));
    }

    /** A call that its budget has no room for, or whose model it does not allow. No client repeats it after these. */
    static Answer refused(CallRefusedException refusal) {
        String problem = String.valueOf(refusal.getMessage());
        return refusal.isOverBudget()
                ? atOnce(PAYMENT_REQUIRED, problem, BUDGET_EXCEEDED, BUDGET_EXCEEDED, List.of(NO_RETRY))
                : atOnce(FORBIDDEN, problem, PERMISSION, "model_not_allowed", List.of(NO_RETRY));
    }

    /**
     * The event that ends a stream which went over a hard limit. Clients of chats look for the error, whatever the event
     * is called; those of responses wait for one that ends the response.
     */
    static String cutEvent(Operation operation) {
        if (operation != Operation.RESPONSES) {
            return "event: error\ndata: " + cutLine() + "\n";
        }
        JsonMembers response = Json.object(
                "id", "resp_cut", "object", "response", "created_at", 0, "status", "failed", "output", List.of());
        response.add("error", Json.object("code", "server_error", "message", CUT));
        JsonMembers event = Json.object("type", "response.failed", "response", response, "error", cutError());
        return "event: response.failed\ndata: " + Json.text(event) + "\n\n";
    }

    /** The line that ends a stream of lines which went over a hard limit. */
    static String cutLine() {
        return Json.text(Json.object("error", cutError())) + "\n";
    }

    private static JsonMembers cutError() {
        return error(CUT, BUDGET_EXCEEDED, BUDGET_EXCEEDED);
    }

    /** A call to the shared address that may belong to any of several tests. */
    static Answer unattributed(UnattributedCall call) {
        return atOnce(
                BAD_REQUEST,
                "llm-budget did not send this call: it may belong to any of "
                        + call.tests().size()
                        + " running tests. Say which in the header " + LlmEndpoint.TEST_HEADER
                        + ", or give the client the baseUrl() of its own test.",
                INVALID_REQUEST,
                "unattributed_call",
                List.of(NO_RETRY));
    }

    /** The shared address while no run is going on. */
    static Answer noTestAtAll() {
        return atOnce(
                NOT_FOUND,
                "llm-budget: no test runs that it knows, so this call to LlmEndpoint.shared() would be counted nowhere."
                        + " Annotate the test or its class, with @LlmBudget for example.",
                INVALID_REQUEST,
                "no_such_test",
                List.of(NO_RETRY));
    }

    /** A test that does not run, named in a header. */
    static Answer noSuchTest(String name) {
        return atOnce(
                NOT_FOUND,
                "llm-budget: no running test is called " + name + ", as the header " + LlmEndpoint.TEST_HEADER
                        + " says. It takes the apiKey() of the test's own LlmEndpoint, or the name of the test as the"
                        + " report shows it.",
                INVALID_REQUEST,
                "no_such_test",
                List.of(NO_RETRY));
    }

    /** A real service that cannot be reached. */
    static Answer unreachable(String problem) {
        return atOnce(BAD_GATEWAY, "llm-budget: " + problem, "upstream_error", "upstream_unreachable", List.of());
    }

    /** A failure of the endpoint itself, which also fails the test. */
    static Answer ownFailure(String problem) {
        return atOnce(
                BAD_REQUEST,
                "llm-budget failed: " + problem,
                "internal_error",
                "llm_budget_failure",
                List.of(NO_RETRY));
    }

    private static Answer atOnce(
            int status, String message, String type, @Nullable String code, List<HttpExchange.Header> headers) {
        return new PreparedAnswer(
                status,
                "application/json",
                List.of(new PreparedAnswer.Piece(
                        Duration.ZERO, Json.bytes(Json.object("error", error(message, type, code))))),
                false,
                headers,
                NO_PAUSE);
    }

    private static JsonMembers error(String message, String type, @Nullable String code) {
        return Json.object("message", message, "type", type, "param", null, "code", code);
    }
}
