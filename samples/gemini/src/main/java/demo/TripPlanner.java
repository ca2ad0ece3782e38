package demo;

import com.google.genai.Client;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import java.util.function.Consumer;

/** Plans day trips with a model of Google that thinks before it answers, and may look trains up. */
public final class TripPlanner {

    private static final String MODEL = "gemini-2.5-flash";

    private final Client client;

    public TripPlanner(String rootUrl, String apiKey) {
        this.client = Client.builder()
                .apiKey(apiKey)
                .httpOptions(HttpOptions.builder().baseUrl(rootUrl).build())
                .build();
    }

    /** Plans a trip. */
    public String plan(String wish) {
        return client.models.generateContent(MODEL, wish, thinking().build()).text();
    }

    /** Plans a trip, and hands the plan on as it comes. */
    public void stream(String wish, Consumer<String> onText) {
        try (var pieces =
                client.models.generateContentStream(MODEL, wish, thinking().build())) {
            for (GenerateContentResponse piece : pieces) {
                onText.accept(piece.text());
            }
        }
    }

    /** Plans a trip by train. The client runs the function that the model asks for, and asks again with what it returns. */
    public String planByTrain(String wish) throws NoSuchMethodException {
        var nextTrain = TripPlanner.class.getMethod("nextTrain", String.class);
        var withTrains = thinking().tools(Tool.builder().functions(nextTrain)).build();
        return client.models.generateContent(MODEL, wish, withTrains).text();
    }

    /** What the model may ask for. */
    public static String nextTrain(String destination) {
        return "The next train to " + destination + " leaves at 9:12 from platform 3.";
    }

    private static GenerateContentConfig.Builder thinking() {
        return GenerateContentConfig.builder()
                .thinkingConfig(ThinkingConfig.builder().thinkingBudget(512));
    }
}
