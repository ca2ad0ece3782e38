package io.github.llmbudget.token;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * A call of a function that a model asked for.
 *
 * @param name the function
 * @param arguments the arguments as the model wrote them, JSON as a rule
 * @since 0.1
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record FunctionCall(String name, WrittenText arguments) {

    /**
     * A call whose arguments were kept.
     *
     * @param name the function
     * @param arguments the arguments
     */
    public FunctionCall(String name, String arguments) {
        this(name, new WrittenText(arguments));
    }

    /** Returns the name of a function as models that answer at once write it. */
    static String qualified(String function) {
        return "functions." + function;
    }

    /** Returns this call with the pieces of its arguments that came as texts of the item. */
    FunctionCall withArguments(List<WrittenText> pieces) {
        return new FunctionCall(name, pieces.stream().reduce(arguments, WrittenText::with));
    }

    /** Returns the arguments without any white space, or as they are if they are no JSON; empty if they were not kept. */
    String compactArguments() {
        String text = arguments.text();
        try {
            JsonElement parsed = JsonParser.parseString(text);
            return parsed.isJsonNull() ? text : new JsonView(parsed).compact();
        } catch (JsonParseException e) {
            return text;
        }
    }

    /** Returns what a model writes to ask for several calls at once. */
    static String together(List<FunctionCall> calls) {
        return calls.stream()
                .map(call -> "{\"recipient_name\":\"" + qualified(call.name) + "\",\"parameters\":"
                        + call.compactArguments() + "}")
                .collect(Collectors.joining(",", "{\"tool_uses\":[", "]}"));
    }
}
