package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What clients ask and services answer: the same bytes for every contender. */
final class Payload {

    static final String PATH = "/v1/chat/completions";
    static final int INPUT = 52;
    static final int OUTPUT = 16;

    /** How many events the usual stream has, the one with the usage and the end mark included. */
    static final int EVENTS = 1_002;

    private static final String ANSWER_TEXT =
            "You may send back the lid alone, and we will pay the postage: the page about returns has a label.";
    private static final String QUESTION = """
            {"model":"gpt-4o","messages":[{"role":"system","content":"You answer the customers of a small shop. Be brief, be \
            kind, name the page of the shop that says more, and never promise a date."},{"role":"user","content":"My parcel \
            arrived with a broken lid. Can I send back only the lid, and who pays for it?"}],"temperature":0.2,\
            "max_completion_tokens":2000""";

    static final String CALL = QUESTION + "}";
    static final String STREAM = QUESTION + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

    static final byte[] ANSWER = ("""
            {
              "id": "chatcmpl-E7X2Un26XQnkHj6X1dA95b2UKdQi8",
              "object": "chat.completion",
              "created": 1770747154,
              "model": "gpt-4o-2024-08-06",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "%s",
                    "refusal": null,
                    "annotations": []
                  },
                  "logprobs": null,
                  "finish_reason": "stop"
                }
              ],
              "usage": {
                "prompt_tokens": %d,
                "completion_tokens": %d,
                "total_tokens": %d,
                "prompt_tokens_details": {
                  "cached_tokens": 0,
                  "audio_tokens": 0
                },
                "completion_tokens_details": {
                  "reasoning_tokens": 0,
                  "audio_tokens": 0,
                  "accepted_prediction_tokens": 0,
                  "rejected_prediction_tokens": 0
                }
              },
              "service_tier": "default"
            }
            """.formatted(ANSWER_TEXT, INPUT, OUTPUT, INPUT + OUTPUT)).getBytes(UTF_8);

    /** The digits that a paced stream writes the time into at which it sends the event. */
    static final String TIME = "0000000000000000000";

    /** What stands before the time. */
    static final String SENT_AT = "sent at ";

    private Payload() {}

    /** Returns the text that a model says in {@link #ANSWER}. */
    static String answerText() {
        return ANSWER_TEXT;
    }

    /** Returns the events of a stream that ends with its usage, each with the empty line behind it. */
    static List<byte[]> events(int number) {
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < number - 2; i++) {
            events.add(event("[{\"index\":0,\"delta\":{\"content\":\" " + SENT_AT + TIME + "\"},\"finish_reason\":null}]", "null"));
        }
        events.add(event(
                "[]",
                "{\"prompt_tokens\":" + INPUT + ",\"completion_tokens\":" + number + ",\"total_tokens\":" + (INPUT + number)
                        + "}"));
        events.add("data: [DONE]\n\n".getBytes(UTF_8));
        return events;
    }

    private static byte[] event(String choices, String usage) {
        return ("data: {\"id\":\"chatcmpl-E7X2Un26XQ\",\"object\":\"chat.completion.chunk\",\"created\":1770747154,"
                        + "\"model\":\"gpt-4o\",\"choices\":" + choices + ",\"usage\":" + usage + "}\n\n")
                .getBytes(UTF_8);
    }

    /** Returns a stream in one piece. */
    static byte[] joined(List<byte[]> events) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        events.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
