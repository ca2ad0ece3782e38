package io.github.llmbudget.comparison;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** Tests that make a call each to a server which all of them share. A system property names the contender. */
final class SharedServerTestCases {

    static final String CONTENDER = "comparison.contender";

    private static @Nullable Server server;
    private static @Nullable Way way;

    @BeforeAll
    static void startServer() {
        Server started = Contender.valueOf(System.getProperty(CONTENDER)).start(Output.USUAL);
        server = started;
        way = started.newWay();
    }

    @AfterAll
    static void stopServer() {
        requireNonNull(way).close();
        requireNonNull(server).close();
    }

    @RepeatedTest(2_000)
    void asks() throws IOException {
        requireNonNull(way).call(Payload.CALL);
    }
}
