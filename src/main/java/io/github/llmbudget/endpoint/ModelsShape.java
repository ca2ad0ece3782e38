package io.github.llmbudget.endpoint;

import io.github.llmbudget.wire.HttpExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers of {@code /models}, which clients may ask for at any time. */
final class ModelsShape implements ReplyShape {

    private static final Pattern PATH = Pattern.compile(".*/models(?:/(.+))?");
    private static final String SOME_MODEL = "mock-model";

    private final @Nullable String name;

    private ModelsShape(@Nullable String name) {
        this.name = name;
    }

    static boolean isFor(HttpExchange.Request request) {
        return request.method().equals("GET")
                && PATH.matcher(request.operationPath()).matches();
    }

    static ModelsShape of(HttpExchange.Request request) {
        Matcher path = PATH.matcher(request.operationPath());
        return new ModelsShape(path.matches() ? path.group(1) : null);
    }

    @Override
    public boolean fits(ReplyContent content) {
        return content instanceof ReplyContent.Models models
                && (name == null || models.names().contains(name));
    }

    @Override
    public Optional<Reply> unscripted() {
        return Optional.of(Reply.models(name == null ? SOME_MODEL : name));
    }

    @Override
    public JsonMembers body(ReplyFacts facts) {
        if (name != null) {
            return model(name);
        }
        List<JsonMembers> data = new ArrayList<>();
        if (facts.content() instanceof ReplyContent.Models models) {
            models.names().forEach(listed -> data.add(model(listed)));
        }
        return Json.object("object", "list", "data", data);
    }

    private static JsonMembers model(String id) {
        return Json.object("id", id, "object", "model", "created", ReplyFacts.CREATED, "owned_by", "llm-budget");
    }
}
