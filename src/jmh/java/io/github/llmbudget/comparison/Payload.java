package io.github.llmbudget.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** What clients ask and services answer: the same bytes for every contender. */
final class Payload {

    static final String PATH = "/v1/chat/completions";
    static final int INPUT = 52;
    static final int OUTPUT = 16;

    /** What stands before the digits of an id. */
    static final String ID = "chatcmpl-";

    /** How many digits there are in an id; the service counts its answers with them. */
    static final int ID_DIGITS = 10;

    /** What stands before the digits of the time at which a paced event was sent. */
    static final String SENT_AT = "sent at ";

    /** How many digits there are for the time. */
    static final int TIME_DIGITS = 19;

    static final String ANSWER_TEXT =
            "You may send back the lid alone, and we will pay the postage: the page about returns has a label.";

    private static final String RULES =
            "You answer the customers of a small shop. Be brief, be kind, name the page of the "
                    + "shop that says more, and never promise a date.";
    private static final String PROMPT =
            "My parcel arrived with a broken lid. Can I send back only the lid, and who pays?";
    private static final String QUESTION = question(PROMPT);

    /** A request to be answered whole. */
    static final String CALL = QUESTION + "}";

    /** A request to be answered in a stream. */
    static final String STREAM = QUESTION + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

    private Payload() {}

    /** Returns {@link #CALL} with a prompt that is so many times as long. */
    static String longCall(int times) {
        return question(PROMPT.repeat(times)) + "}";
    }

    private static String question(String prompt) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"" + RULES
                + "\"},{\"role\":\"user\",\"content\":\"" + prompt
                + "\"}],\"temperature\":0.2,\"max_completion_tokens\":2000";
    }

    /** Returns an answer that comes whole. */
    static byte[] answer(String text) {
        return """
                {
                  "id": "%s%s5b2UKdQi8E7X2Un26XQn",
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
                """.formatted(ID, "0".repeat(ID_DIGITS), text, INPUT, OUTPUT, INPUT + OUTPUT)
                .getBytes(UTF_8);
    }

    /** Returns the events of a stream, each with the empty line behind it. */
    static List<byte[]> stream(int events) {
        List<byte[]> stream = new ArrayList<>();
        String said = " " + SENT_AT + "0".repeat(TIME_DIGITS);
        for (int i = 0; i < events - 2; i++) {
            stream.add(event(
                    "[{\"index\":0,\"delta\":{\"content\":\"" + said + "\"},\"logprobs\":null,\"finish_reason\":null}]",
                    "null"));
        }
        stream.add(event(
                "[]",
                "{\"prompt_tokens\":" + INPUT + ",\"completion_tokens\":" + events + ",\"total_tokens\":"
                        + (INPUT + events) + "}"));
        stream.add("data: [DONE]\n\n".getBytes(UTF_8));
        return stream;
    }

    private static byte[] event(String choices, String usage) {
        return ("data: {\"id\":\"" + ID + "0".repeat(ID_DIGITS)
                        + "\",\"object\":\"chat.completion.chunk\",\"created\":1770747154,\"model\":\"gpt-4o\",\"choices\":"
                        + choices + ",\"usage\":" + usage + "}\n\n")
                .getBytes(UTF_8);
    }
}
