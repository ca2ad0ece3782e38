package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmbudget.call.CallStatus;
import java.util.List;

/** The program of {@link LazyTokenizerTests}: reads one answer, the body of which is its first argument; the second is more of the request. */
final class ReadsOneAnswer {

    private ReadsOneAnswer() {}

    public static void main(String[] arguments) throws InterruptedException {
        HttpExchange.Request request = new HttpExchange.Request(
                "POST",
                "/v1/chat/completions",
                List.of(),
                ("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]" + arguments[1] + "}")
                        .getBytes(UTF_8));
        UsageReader reader = WireFormats.all().find(request).orElseThrow().open(request);
        reader.begin(new HttpExchange.Response(200, List.of()));
        byte[] body = arguments[0].getBytes(UTF_8);
        reader.accept(body, 0, body.length);
        awaitLoading();
        System.out.println("read " + reader.finish(CallStatus.COMPLETE).countSource());
    }

    private static void awaitLoading() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("llm-budget-")) {
                thread.join();
                System.out.println("loaded aside");
            }
        }
    }
}
