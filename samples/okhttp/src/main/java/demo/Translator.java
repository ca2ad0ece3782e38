package demo;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Translates to French with plain HTTP, without any client library of a model service. */
public final class Translator {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int ATTEMPTS = 3;
    private static final String DATA = "data: ";

    private final OkHttpClient http;
    private final String baseUrl;
    private final String apiKey;
    private final String model;

    public Translator(OkHttpClient http, String baseUrl, String apiKey, String model) {
        this.http = http;
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
        this.model = model;
    }

    /** Translates a text. Tries again if the service is busy. */
    public String translate(String text) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (Response response = http.newCall(request(text, false)).execute()) {
                if (response.isSuccessful()) {
                    return choice(response.body().string())
                            .getAsJsonObject("message")
                            .get("content")
                            .getAsString();
                }
                if (response.code() != TOO_MANY_REQUESTS) {
                    throw new IllegalStateException("The service answered " + response.code());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("The service is too busy");
    }

    /** Translates a text, and hands the translation on as it comes, line by line of the event stream. */
    public void stream(String text, Consumer<String> onText) {
        try (Response response = http.newCall(request(text, true)).execute()) {
            var lines = response.body().source();
            for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
                if (line.startsWith(DATA + "{")) {
                    JsonObject delta = choice(line.substring(DATA.length())).getAsJsonObject("delta");
                    if (delta.has("content")) {
                        onText.accept(delta.get("content").getAsString());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Request request(String text, boolean stream) {
        String body = new Gson()
                .toJson(Map.of(
                        "model",
                        model,
                        "stream",
                        stream,
                        "messages",
                        List.of(Map.of("role", "user", "content", "Translate to French: " + text))));
        return new Request.Builder()
                .url(baseUrl + "/chat/completions")
                .header("Authorization", "Bearer " + apiKey)
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
    }

    private static JsonObject choice(String json) {
        return JsonParser.parseString(json)
                .getAsJsonObject()
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject();
    }
}
