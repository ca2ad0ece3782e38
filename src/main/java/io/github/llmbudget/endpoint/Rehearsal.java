package io.github.llmbudget.endpoint;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.Origin;
import io.github.llmbudget.price.PriceCatalog;
import io.github.llmbudget.usage.CallWatch;
import io.github.llmbudget.usage.UsageLedger;
import io.github.llmbudget.wire.HttpExchange;
import io.github.llmbudget.wire.WireFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;

/**
 * A call that nobody makes, answered, read and priced while the client of the first test is being made. What is loaded for
 * it is there when the first call comes.
 */
final class Rehearsal implements Runnable {

    private static final String REQUEST =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final int LONGEST_ANSWER = 8 * 1024;

    /** Starts it on a thread of its own. */
    static void start() {
        Thread thread = new Thread(new Rehearsal(), "llm-budget rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            call();
        } catch (IOException | RuntimeException | ServiceConfigurationError | LinkageError e) {
            // Nothing depends on it: what fails here fails again in the first call, and its test hears of it.
        }
    }

    private static void call() throws IOException {
        HttpExchange.Request request = new HttpExchange.Request(
                "POST", "/v1/chat/completions", List.of(), REQUEST.getBytes(StandardCharsets.UTF_8));
        UsageLedger ledger = new UsageLedger(PriceCatalog.builtIn(), Duration.ZERO);
        CallWatch watch = CallWatch.of(WireFormats.all().find(request), request, ledger, Origin.MOCK);
        Script script = new Script();
        script.otherwise(Reply.text("Hello").usage(8, 1));
        try (Upstream service = new ScriptedUpstream(script, ledger.earlierAnswers());
                Answer answer = service.prepare(request).await()) {
            watch.answered(answer.head());
            byte[] buffer = new byte[LONGEST_ANSWER];
            watch.passed(buffer, 0, answer.read(buffer, 0, () -> {}));
        }
        watch.ended(CallStatus.COMPLETE);
        ledger.usage().cost();
    }
}
