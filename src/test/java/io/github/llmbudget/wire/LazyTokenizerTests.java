package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run in which the service reports its usage must not pay for a tokenizer. */
@Timeout(60)
class LazyTokenizerTests {

    private static final String TOKENIZER = " com.knuddels.jtokkit.";

    @Test
    void loadsNoTokenizerWhenUsageIsReported() throws Exception {
        assertThat(read("{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}", ""))
                .contains("read REPORTED")
                .noneMatch(line -> line.contains(TOKENIZER));
    }

    @Test
    void loadsATokenizerWhenUsageMustBeEstimated() throws Exception {
        assertThat(read("{\"choices\":[{\"message\":{\"content\":\"Hello there\"}}]}", ""))
                .contains("read ESTIMATED")
                .anyMatch(line -> line.contains(TOKENIZER));
    }

    @Test
    void loadsATokenizerAsideWhenAStreamBeginsThatWasNotAskedForItsUsage() throws Exception {
        String text = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";

        assertThat(read(text, ",\"stream\":true"))
                .contains("read ESTIMATED", "loaded aside")
                .anyMatch(line -> line.contains(TOKENIZER));
    }

    @Test
    void loadsNoTokenizerForAStreamThatWasAskedForItsUsage() throws Exception {
        String stream = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";

        assertThat(read(stream, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                .contains("read REPORTED")
                .doesNotContain("loaded aside")
                .noneMatch(line -> line.contains(TOKENIZER));
    }

    private static List<String> read(String body, String moreOfTheRequest) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-verbose:class",
                        ReadsOneAnswer.class.getName(),
                        body,
                        moreOfTheRequest)
                .redirectErrorStream(true)
                .start();
        List<String> output = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(() -> String.join("\n", output)).isZero();
        return output;
    }
}
