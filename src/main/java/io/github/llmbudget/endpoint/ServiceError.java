package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as OpenAI words it.
 *
 * @param type the type in the error body
 * @param code the code in the error body, {@code null} for none
 * @param message the message in the error body
 */
record ServiceError(String type, @Nullable String code, String message) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String QUOTA = "insufficient_quota";
    private static final String SERVER = "server_error";

    /** What is left of the limits of an account that has used them up. */
    private static final List<HttpExchange.Header> NOTHING_LEFT = List.of(
            new HttpExchange.Header("x-ratelimit-limit-requests", "500"),
            new HttpExchange.Header("x-ratelimit-limit-tokens", "30000"),
            new HttpExchange.Header("x-ratelimit-remaining-requests", "0"),
            new HttpExchange.Header("x-ratelimit-remaining-tokens", "0"),
            new HttpExchange.Header("x-ratelimit-reset-requests", "120ms"),
            new HttpExchange.Header("x-ratelimit-reset-tokens", "6ms"));

    /** Completes what a script says of an error by what the service says with that status. */
    static ServiceError of(ReplyContent.Failure failure, String model) {
        ServiceError usual = usual(failure.status(), model);
        String code = failure.code() == null ? usual.code : failure.code();
        String type = QUOTA.equals(code) ? QUOTA : usual.type;
        return new ServiceError(type, code, failure.message() == null ? usual.message : failure.message());
    }

    private static ServiceError usual(int status, String model) {
        return switch (status) {
            case UNAUTHORIZED ->
                new ServiceError(
                        INVALID_REQUEST,
                        "invalid_api_key",
                        "Incorrect API key provided: sk-llm-b****. You can find your API key at"
                                + " https://platform.openai.com/account/api-keys.");
            case FORBIDDEN ->
                new ServiceError(
                        INVALID_REQUEST,
                        "model_not_found",
                        "Project `proj_mock` does not have access to model `" + model + "`.");
            case NOT_FOUND ->
                new ServiceError(
                        INVALID_REQUEST,
                        "model_not_found",
                        "The model `" + model + "` does not exist or you do not have access to it.");
            case TOO_MANY_REQUESTS ->
                new ServiceError(
                        "requests",
                        "rate_limit_exceeded",
                        "Rate limit reached for " + model + " in organization org-mock on requests per min (RPM): Limit"
                                + " 500, Used 500, Requested 1. Please try again in 120ms. Visit"
                                + " https://platform.openai.com/account/rate-limits to learn more.");
            case UNAVAILABLE ->
                new ServiceError(
                        SERVER,
                        null,
                        "That model is currently overloaded with other requests. You can retry your request.");
            default ->
                status >= SERVER_ERROR
                        ? new ServiceError(
                                SERVER,
                                null,
                                "The server had an error while processing your request. Sorry about that!")
                        : new ServiceError(INVALID_REQUEST, null, "The request could not be processed.");
        };
    }

    /** Returns the headers that the service sends with such a status. */
    static List<HttpExchange.Header> headers(int status) {
        return status == TOO_MANY_REQUESTS ? NOTHING_LEFT : List.of();
    }
}
