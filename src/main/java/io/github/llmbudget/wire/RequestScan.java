package io.github.llmbudget.wire;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/**
 * Looks once at the bytes of a request for what nearly every call is asked about, so that no tree is made of a prompt that
 * nobody looks into. Used by one thread at a time, for one request after the other.
 */
final class RequestScan implements JsonScanner.Listener, ByteSink {

    private static final String MODEL = "model";
    private static final String MODEL_ID = "model_id";
    private static final String STREAM = "stream";
    private static final String CHOICES = "n";
    private static final FieldPaths PATHS = paths();
    private static final Spares<RequestScan> SPARES = new Spares<>(RequestScan::new);

    private final JsonScanner json = new JsonScanner(PATHS, this);
    private final RepeatedName modelName = new RepeatedName();
    private final RepeatedName modelIdName = new RepeatedName();
    private final RequestDigest digest = new RequestDigest();

    private @Nullable String model;
    private @Nullable String modelId;
    private @Nullable Boolean stream;
    private long choices = 1;
    private boolean usageAskedFor;
    private boolean isOneObject = true;

    private RequestScan() {}

    /**
     * What is found.
     *
     * @param isObject whether the body is one JSON object; else the rest is not to be relied on
     * @param model the text at {@code model}
     * @param modelId the text at {@code model_id}
     * @param stream what {@code stream} says
     * @param choices what {@code n} says, 1 if it is no number
     * @param usageAskedFor what {@code stream_options.include_usage} says
     * @param digest tells this request from others
     */
    record Found(
            boolean isObject,
            @Nullable String model,
            @Nullable String modelId,
            @Nullable Boolean stream,
            long choices,
            boolean usageAskedFor,
            String digest) {

        /** What a tree tells, as that of a form. */
        static Found of(JsonObject json, String digest) {
            return new Found(
                    true,
                    text(json, MODEL),
                    text(json, MODEL_ID),
                    json.get(STREAM) instanceof JsonPrimitive flag ? flag.getAsBoolean() : null,
                    json.get(CHOICES) instanceof JsonPrimitive number && number.isNumber() ? number.getAsInt() : 1,
                    json.get(RequestBody.STREAM_OPTIONS) instanceof JsonObject options
                            && options.get(RequestBody.INCLUDE_USAGE) instanceof JsonPrimitive flag
                            && flag.getAsBoolean(),
                    digest);
        }

        private static @Nullable String text(JsonObject json, String member) {
            return json.get(member) instanceof JsonPrimitive value ? value.getAsString() : null;
        }
    }

    static Found of(String path, RequestContent content) {
        RequestScan scan = SPARES.take();
        Found found = scan.find(path, content);
        scan.clear();
        SPARES.give(scan);
        return found;
    }

    private static FieldPaths paths() {
        FieldPaths paths = new FieldPaths();
        for (String member : new String[] {
            MODEL, MODEL_ID, STREAM, CHOICES, RequestBody.STREAM_OPTIONS + "." + RequestBody.INCLUDE_USAGE
        }) {
            // Which field it is does not matter, as long as it is a plain value.
            paths.add(member, AnswerField.KIND, member);
        }
        return paths;
    }

    private Found find(String path, RequestContent content) {
        digest.begin(path);
        content.passTo(this);
        boolean isObject = isOneObject && json.isDone() && json.hasSeenObject() && !json.isOuterArray();
        return new Found(isObject, model, modelId, stream, choices, usageAskedFor, digest.end());
    }

    private void clear() {
        json.clear();
        model = null;
        modelId = null;
        stream = null;
        choices = 1;
        usageAskedFor = false;
        isOneObject = true;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        digest.add(bytes, offset, length);
        int to = offset + length;
        int at = offset;
        while (at < to && isOneObject) {
            if (json.isDone()) {
                isOneObject = JsonScanner.isWhiteSpace(bytes[at]);
                at++;
            } else {
                at = json.acceptText(bytes, at, to);
            }
        }
    }

    @Override
    public void value(FieldPaths at, JsonToken value) {
        switch (at.label()) {
            case MODEL -> model = modelName.of(value);
            case MODEL_ID -> modelId = modelIdName.of(value);
            case STREAM -> stream = value.is("true");
            case CHOICES -> choices = value.isQuoted() ? 1 : Math.max(1, value.count());
            default -> usageAskedFor = value.is("true");
        }
    }

    @Override
    public boolean marked() {
        return false;
    }

    @Override
    public void opened(FieldPaths at) {
        // A name that is an object names nothing.
    }

    @Override
    public void text(FieldPaths at, byte[] bytes, int offset, int length) {
        // No text is asked for.
    }

    @Override
    public void closed(FieldPaths at) {
        // See opened.
    }

    @Override
    public void repeated() {
        // Nothing is marked.
    }

    @Override
    public void ended(boolean complete) {
        // Told by the scanner itself.
    }
}
