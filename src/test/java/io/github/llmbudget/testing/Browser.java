package io.github.llmbudget.testing;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, driven by the W3C WebDriver protocol and Chromium's own commands. */
public final class Browser implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final Gson JSON = new Gson();

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String session;

    private Browser(Process driver, String chromium) throws IOException {
        this.driver = driver;
        String address = "http://127.0.0.1:" + port(driver);
        JsonObject opened = post(
                        address + "/session",
                        Map.of(
                                "capabilities",
                                Map.of(
                                        "alwaysMatch",
                                        Map.of(
                                                "goog:chromeOptions",
                                                Map.of(
                                                        "binary",
                                                        chromium,
                                                        "args",
                                                        List.of("--headless=new", "--no-sandbox", "--disable-gpu")),
                                                "goog:loggingPrefs",
                                                Map.of("browser", "ALL", "performance", "ALL")))))
                .getAsJsonObject();
        this.session = address + "/session/" + opened.get("sessionId").getAsString();
    }

    /** Starts a browser, if there is one on the path together with its driver. */
    public static Optional<Browser> start() {
        Optional<Path> chromium =
                onPath("chromium").or(() -> onPath("google-chrome")).or(() -> onPath("chromium-browser"));
        Optional<Path> driver = onPath("chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(driver.get().toString(), "--port=0")
                    .redirectErrorStream(true)
                    .start();
            return Optional.of(new Browser(process, chromium.get().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an address. */
    public void open(String address) {
        post(session + "/url", Map.of("url", address));
    }

    /** Goes back to the page before. */
    public void back() {
        post(session + "/back", Map.of());
    }

    /** Runs a script, which returns text, numbers, lists or nothing. */
    public JsonElement run(String script, Object... arguments) {
        return post(session + "/execute/sync", Map.of("script", script, "args", Arrays.asList(arguments)));
    }

    /** Runs a script that hands its result to its last argument. */
    public JsonElement await(String script) {
        return post(session + "/execute/async", Map.of("script", script, "args", List.of()));
    }

    /** Presses and lets go of a key, given as WebDriver numbers keys. */
    public void press(String key) {
        post(
                session + "/actions",
                Map.of(
                        "actions",
                        List.of(Map.of(
                                "type",
                                "key",
                                "id",
                                "keyboard",
                                "actions",
                                List.of(
                                        Map.of("type", "keyDown", "value", key),
                                        Map.of("type", "keyUp", "value", key))))));
    }

    /** Gives a command of Chromium's own protocol. */
    public JsonElement command(String command, Map<String, ?> parameters) {
        return post(session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** Returns the entries of a log since the last time, {@code browser} or {@code performance}. */
    public List<String> log(String type) {
        return post(session + "/se/log", Map.of("type", type)).getAsJsonArray().asList().stream()
                .map(entry -> entry.getAsJsonObject().get("message").getAsString())
                .toList();
    }

    /** Writes what the window shows into a file. */
    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    Base64.getDecoder()
                            .decode(command("Page.captureScreenshot", Map.of())
                                    .getAsJsonObject()
                                    .get("data")
                                    .getAsString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            send(HttpRequest.newBuilder(URI.create(session)).DELETE().build());
        } finally {
            driver.destroy();
        }
    }

    private JsonElement post(String address, Map<String, ?> body) {
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.toJson(body)))
                .build());
    }

    private JsonElement send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonElement value =
                    JsonParser.parseString(answer.body()).getAsJsonObject().get("value");
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        value.getAsJsonObject().get("message").getAsString());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String port(Process driver) throws IOException {
        var said = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return started.group(1);
            }
        }
        throw new IOException("The driver of the browser did not start.");
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
