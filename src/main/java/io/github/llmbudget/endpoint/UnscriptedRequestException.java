package io.github.llmbudget.endpoint;

/** A request came that the script has no reply for. */
final class UnscriptedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient UnexpectedRequest request;

    UnscriptedRequestException(UnexpectedRequest request) {
        super(request.toString(), null, false, false);
        this.request = request;
    }

    UnexpectedRequest request() {
        return request;
    }
}
