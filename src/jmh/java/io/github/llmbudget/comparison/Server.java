package io.github.llmbudget.comparison;

/** Answers the calls that are sent to it, from when it is there until it is closed. */
interface Server extends AutoCloseable {

    /** Returns where it is, without the path of an operation. */
    String rootUrl();

    /** Returns the way to it for a new client. */
    default Way newWay() {
        return new Way(Way.newClient().build(), rootUrl(), null);
    }

    @Override
    void close();
}
