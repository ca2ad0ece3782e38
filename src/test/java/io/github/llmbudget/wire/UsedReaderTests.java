package io.github.llmbudget.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.llmbudget.call.CallStatus;
import io.github.llmbudget.call.LlmCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reads an answer is used again for the next one, which must not show. */
class UsedReaderTests {

    private static final String ANSWER = """
            {"id":"chatcmpl-%s","model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":{"content":"Hi"}}],
            "usage":{"prompt_tokens":%d,"completion_tokens":1}}""";

    @Test
    void readsEveryRecordingAsIfItWereTheFirst() {
        List<Recording> recordings = Recording.all().stream()
                .filter(recording -> recording.format().isPresent())
                .toList();
        List<LlmCall> expected = recordings.stream()
                .map(recording -> recording.read(Answers.WHOLE))
                .toList();

        for (int i = 0; i < recordings.size(); i++) {
            leaveHalfRead(recordings.get((i * 31 + 7) % recordings.size()));
            UsageReader reader = open(recordings.get(i));
            byte[] body = recordings.get(i).body();
            reader.accept(body, 0, body.length);

            assertThat(reader.finish(CallStatus.COMPLETE))
                    .as("%s", recordings.get(i))
                    .isEqualTo(expected.get(i));
            reader.close();
        }
    }

    private static void leaveHalfRead(Recording recording) {
        UsageReader reader = open(recording);
        reader.accept(recording.body(), 0, recording.body().length / 2);
        reader.close();
    }

    private static UsageReader open(Recording recording) {
        UsageReader reader = recording.format().orElseThrow().open(recording.request());
        reader.begin(recording.head());
        return reader;
    }

    @Test
    void keepsApartTwoAnswersThoughAReaderWasClosedTwice() {
        UsageReader closed = Answers.open(Answers.chat(), 200);
        closed.close();
        closed.close();
        UsageReader one = Answers.open(Answers.chat(), 200);
        UsageReader other = Answers.open(Answers.chat(), 200);
        byte[] first = ANSWER.formatted("one", 5).getBytes(UTF_8);
        byte[] second = ANSWER.formatted("other", 7).getBytes(UTF_8);

        one.accept(first, 0, 20);
        other.accept(second, 0, second.length);
        one.accept(first, 20, first.length - 20);

        assertThat(one.finish(CallStatus.COMPLETE).tokens().input()).isEqualTo(5);
        assertThat(other.finish(CallStatus.COMPLETE).tokens().input()).isEqualTo(7);
    }

    @Test
    void takesNothingMoreOnceItIsClosed() {
        UsageReader reader = Answers.open(Answers.chat(), 200);
        reader.close();

        reader.accept(new byte[] {'{'}, 0, 1);

        assertThatIllegalStateException().isThrownBy(() -> reader.finish(CallStatus.COMPLETE));
    }
}
