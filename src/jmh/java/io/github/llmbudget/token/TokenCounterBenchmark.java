package io.github.llmbudget.token;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Counts texts and a prompt of 2 KB at once. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenCounterBenchmark extends CountingBenchmark {

    private static final int LENGTH = 2 * 1024;
    private static final String MODEL = "gpt-4o";
    private static final String TOOLS = ",\"tools\":["
            + "{\"type\":\"function\",\"function\":{\"name\":\"find_order\",\"description\":\"Finds an order\",\"parameters\":"
            + "{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"string\",\"description\":\"Its number\"}},"
            + "\"required\":[\"number\"]}}},"
            + "{\"type\":\"function\",\"function\":{\"name\":\"refund\",\"description\":\"Pays an order back\",\"parameters\":"
            + "{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"string\"},\"amount\":{\"type\":\"number\"}}}}}]}";

    private final TokenCounter tokens = new TokenCounter();
    private final String english = CountedTexts.english(LENGTH);
    private final String code = CountedTexts.code(LENGTH);
    private final String prompt = "{\"messages\":[{\"role\":\"system\",\"content\":\"Answer in a sentence.\"},"
            + "{\"role\":\"user\",\"content\":\"" + english.replace("\n", "\\n") + "\"}]" + TOOLS;

    /** Counts prose. */
    @Benchmark
    public long english() {
        return tokens.ofText(english, MODEL);
    }

    /** Counts JSON and code. */
    @Benchmark
    public long code() {
        return tokens.ofText(code, MODEL);
    }

    /** Parses and counts the body of a chat with two functions. */
    @Benchmark
    public long prompt() {
        return tokens.ofPrompt(prompt, MODEL);
    }
}
