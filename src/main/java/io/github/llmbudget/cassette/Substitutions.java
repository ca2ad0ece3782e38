package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** Texts that differ from run to run, such as the placeholder of a key, and what stands for them in a cassette. */
record Substitutions(Map<String, String> texts) {

    static final Substitutions NONE = new Substitutions(Map.of());

    Substitutions {
        texts = Map.copyOf(texts);
    }

    String in(String text) {
        String substituted = text;
        for (Map.Entry<String, String> one : texts.entrySet()) {
            substituted = substituted.replace(one.getKey(), one.getValue());
        }
        return substituted;
    }

    byte[] in(byte[] body) {
        if (texts.isEmpty() || body.length == 0) {
            return body;
        }
        // Every byte is a character of its own in this encoding, whatever the body is.
        String text = new String(body, ISO_8859_1);
        String substituted = text;
        for (Map.Entry<String, String> one : texts.entrySet()) {
            substituted = substituted.replace(bytes(one.getKey()), bytes(one.getValue()));
        }
        return substituted.equals(text) ? body : substituted.getBytes(ISO_8859_1);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
