package io.github.llmbudget.endpoint;

import io.github.llmbudget.cassette.Recording;
import io.github.llmbudget.wire.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes down what passes between the endpoint and a service. The bytes go on as they came, and at once. */
final class RecordingUpstream implements Upstream {

    private final Upstream service;
    private final Recording recording;

    RecordingUpstream(Upstream service, Recording recording) {
        this.service = service;
        this.recording = recording;
    }

    @Override
    public @Nullable String host() {
        return service.host();
    }

    @Override
    public Sending prepare(HttpExchange.Request request) {
        Sending sending = service.prepare(request);
        return new Sending() {
            @Override
            public Answer await() throws IOException {
                Recording.Exchange exchange = recording.begin(request);
                Answer answer = sending.await();
                exchange.answered(answer.head());
                return new Recorded(answer, exchange, answer.head().hasBody(request.method()));
            }

            @Override
            public void breakOff() {
                sending.breakOff();
            }
        };
    }

    @Override
    public void close() {
        service.close();
    }

    /** An answer that is taken down as it is read. */
    private record Recorded(Answer answer, Recording.Exchange exchange, boolean hasBody) implements Answer {

        @Override
        public HttpExchange.Response head() {
            return answer.head();
        }

        @Override
        public long length() {
            return answer.length();
        }

        @Override
        public int read(byte[] buffer, int offset, Runnable beforeWaiting) throws IOException {
            try {
                int length = answer.read(buffer, offset, beforeWaiting);
                if (length < 0) {
                    exchange.ended(false);
                } else {
                    exchange.passed(buffer, offset, length);
                }
                return length;
            } catch (IOException e) {
                exchange.ended(true);
                throw e;
            }
        }

        @Override
        public void breakOff() {
            answer.breakOff();
        }

        @Override
        public void hurry() {
            answer.hurry();
        }

        /** Who closes an answer that has not come to its end leaves it, unless there is nothing to come. */
        @Override
        public void close() {
            exchange.ended(hasBody);
            answer.close();
        }
    }
}
