package io.github.llmbudget.cassette;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.llmbudget.wire.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Looks for secrets in a cassette before it is written: in paths, headers, and every name and text of every body, and in
 * what the texts of a stream are when they are joined, for a service may send a key in pieces.
 */
final class SecretScan {

    private final CassetteRules rules;
    private final SecretKinds kinds;

    SecretScan(CassetteRules rules, Set<String> secrets) {
        this.rules = rules;
        this.kinds = new SecretKinds(secrets);
    }

    /**
     * Looks at a whole cassette.
     *
     * @throws SecretFoundException if there is a secret in it
     */
    void check(Cassette cassette) {
        text(cassette.test(), "the name of the test");
        for (int i = 0; i < cassette.exchanges().size(); i++) {
            RecordedExchange exchange = cassette.exchanges().get(i);
            request(exchange.request(), "the request of exchange #" + (i + 1));
            answer(exchange.answer(), "the answer of exchange #" + (i + 1));
        }
    }

    private void request(RecordedRequest request, String where) {
        text(request.path(), where + ", in its path");
        if (request.contentType() != null) {
            text(request.contentType(), where + ", in its content type");
        }
        body(request.body(), where);
    }

    private void answer(RecordedAnswer answer, String where) {
        for (HttpExchange.Header header : answer.headers()) {
            text(header.name(), where + ", in the name of a header");
            text(header.value(), where + ", in the header " + header.name());
        }
        if (answer.head().isPacked()) {
            packed(answer, where);
        } else if (answer.stream() == StreamKind.NONE) {
            body(answer.body(), where);
        } else {
            stream(answer, where);
        }
    }

    private void packed(RecordedAnswer answer, String where) {
        if (!rules.redaction().isEmpty() && !answer.chunks().isEmpty()) {
            throw refused(
                    "A packed body, in which nothing can be redacted,", where, "Have the service send it unpacked");
        }
        byte[] body = answer.body();
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
            body(unpacked.readAllBytes(), where);
        } catch (IOException e) {
            // Not gzip, or cut: looked at as it is.
            body(body, where);
        }
    }

    private void body(byte[] body, String where) {
        Optional<String> text = JsonText.decoded(body);
        JsonElement tree = text.map(JsonTree::of).orElse(null);
        if (tree == null) {
            // The fields of a form beside a file: every byte is a character of its own in this encoding.
            text(text.orElseGet(() -> new String(body, ISO_8859_1)), where);
        } else {
            tree(tree, "$", where);
        }
    }

    private void tree(JsonElement value, String path, String where) {
        if (value instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                text(member.getKey(), where + ", in a name at " + path);
                tree(member.getValue(), path + JsonPlace.step(member.getKey()), where);
            }
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                tree(array.get(i), path + "[" + i + "]", where);
            }
        } else if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            text(primitive.getAsString(), where + ", at " + path);
        }
    }

    private void stream(RecordedAnswer answer, String where) {
        JoinedTexts joined = new JoinedTexts();
        List<StreamEvent> events = StreamEvent.of(answer.chunks(), answer.stream());
        for (int i = 0; i < events.size(); i++) {
            byte[] raw = events.get(i).raw();
            String event = where + ", event " + (i + 1);
            boolean parsed = false;
            for (int from = 0; from < raw.length; ) {
                int to = EventLines.endOfLine(raw, from);
                int value = answer.stream() == StreamKind.LINES ? from : EventLines.value(raw, from, to);
                JsonElement tree = JsonTree.of(new String(Arrays.copyOfRange(raw, value, to), UTF_8));
                if (tree != null) {
                    tree(tree, "$", event);
                    joined.add(tree);
                    parsed = true;
                }
                from = EventLines.afterLine(raw, to);
            }
            if (!parsed) {
                text(new String(raw, UTF_8), event);
            }
        }
        // The data themselves may be the text, as with servers that send a word an event.
        joined.texts().forEach(text -> joined(text, where));
    }

    private void joined(JoinedTexts.Text text, String where) {
        String place = where + ", at " + text.path() + " of all its events together";
        text(text.joined(), place);
        rules.redaction().patterns().stream().filter(text::spans).findFirst().ifPresent(pattern -> {
            throw refused(
                    "A text that /" + pattern + "/ matches",
                    place,
                    "It came in pieces, none of which the expression matches alone: redact the value of each"
                            + " event by its JSON path");
        });
    }

    private void text(String text, String where) {
        kinds.in(text).ifPresent(kind -> {
            throw refused(
                    "What looks like " + kind,
                    where,
                    "Redact it by its JSON path or by a regular expression, or take it out of what the test sends");
        });
    }

    private static SecretFoundException refused(String what, String where, String remedy) {
        return new SecretFoundException(what + " is in " + where + ". " + remedy + ".");
    }
}
