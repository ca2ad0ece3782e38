package io.github.llmbudget.wire;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plain fields of a form that uploads a file. The files themselves are not looked at. */
final class MultipartForm {

    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/form-data.*boundary=\"?([^\";]+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FIELD_NAME =
            Pattern.compile("form-data;(?!.*filename=).*\\bname=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final int LONGEST_VALUE = 4096;

    private MultipartForm() {}

    /** Returns the fields of the form in a request as an object of texts, empty if there is no form. */
    static Optional<JsonObject> fields(HttpExchange.Request request) {
        return request.headers().stream()
                .filter(header -> header.is("Content-Type"))
                .findFirst()
                .map(header -> BOUNDARY.matcher(header.value()))
                .filter(Matcher::find)
                .map(contentType -> fields(request.body(), "--" + contentType.group(1)));
    }

    private static JsonObject fields(byte[] bytes, String delimiter) {
        JsonObject fields = new JsonObject();
        // One char a byte: files in the form are not text.
        String body = new String(bytes, StandardCharsets.ISO_8859_1);
        int part = body.indexOf(delimiter);
        while (part >= 0) {
            int next = body.indexOf(delimiter, part + delimiter.length());
            int headersEnd = body.indexOf(END_OF_HEADERS, part);
            if (next < 0 || headersEnd < 0) {
                break;
            }
            int from = headersEnd + END_OF_HEADERS.length();
            Matcher name = FIELD_NAME.matcher(body.substring(part, Math.min(headersEnd, part + LONGEST_VALUE)));
            if (name.find() && from <= next && next - from <= LONGEST_VALUE) {
                byte[] value = body.substring(from, next).strip().getBytes(StandardCharsets.ISO_8859_1);
                fields.addProperty(name.group(1), new String(value, StandardCharsets.UTF_8));
            }
            part = next;
        }
        return fields;
    }
}
