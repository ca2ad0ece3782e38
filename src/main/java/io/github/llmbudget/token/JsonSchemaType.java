package io.github.llmbudget.token;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a JSON schema as the TypeScript type that models of OpenAI read in its place: what constrains a value, such as
 * formats and ranges, is left out. Used by one thread.
 */
final class JsonSchemaType {

    private static final String ANY = "any";
    private static final List<String> DEFINITIONS = List.of("#/$defs/", "#/definitions/");

    private final JsonView root;
    private final Set<String> expanding = new HashSet<>();

    JsonSchemaType(JsonView root) {
        this.root = root;
    }

    /** Returns the members of the root object between braces, empty if it has none. */
    String parameters() {
        String reference = root.at("$ref").text();
        JsonView schema = reference.isEmpty() ? root : resolved(reference);
        if (schema.at("properties").members().findAny().isEmpty()) {
            return "";
        }
        return object(
                schema,
                Comment.of(schema.at("title").text())
                        + Comment.of(schema.at("description").text()));
    }

    /** Writes a type; within itself a schema that refers to itself is anything. */
    private String type(JsonView schema) {
        String reference = schema.at("$ref").text();
        if (reference.isEmpty()) {
            return typeOf(schema);
        }
        if (!expanding.add(reference)) {
            return ANY;
        }
        String type = typeOf(resolved(reference));
        expanding.remove(reference);
        return type;
    }

    private String typeOf(JsonView schema) {
        if (schema.at("enum").isArray()) {
            return union(schema.at("enum").items().stream().map(JsonView::compact));
        }
        if (schema.at("const").isPresent()) {
            return schema.at("const").compact();
        }
        for (String alternatives : List.of("anyOf", "oneOf")) {
            if (schema.at(alternatives).isArray()) {
                return union(schema.at(alternatives).items().stream().map(one -> type(one)));
            }
        }
        List<JsonView> all = schema.at("allOf").items();
        if (!all.isEmpty()) {
            return all.stream().map(one -> type(one)).collect(Collectors.joining(" & "));
        }
        JsonView type = schema.at("type");
        return type.isArray()
                ? union(type.items().stream().map(one -> named(one.text(), schema)))
                : named(type.text(), schema);
    }

    private String named(String type, JsonView schema) {
        return switch (type) {
            case "string", "boolean", "null", "number" -> type;
            case "integer" -> "number";
            case "array" -> array(schema.at("items"));
            case "object" -> object(schema, "");
            default -> schema.at("properties").isObject() ? object(schema, "") : ANY;
        };
    }

    private String array(JsonView items) {
        if (!items.isObject()) {
            return ANY + "[]";
        }
        String element = type(items);
        String comment = comment(items);
        if (!comment.isEmpty()) {
            return "Array<\n" + comment + element + "\n>";
        }
        return element.startsWith("{") || element.contains(" | ") ? "Array<" + element + ">" : element + "[]";
    }

    /** Writes an object: on one line if nothing is said of it and its members. */
    private String object(JsonView schema, String head) {
        List<Property> properties = properties(schema);
        if (properties.isEmpty()) {
            return "object";
        }
        boolean plain = head.isEmpty() && properties.stream().allMatch(Property::isPlain);
        return plain ? inline(properties) : "{\n" + head + lines(properties) + "}";
    }

    private static String inline(List<Property> properties) {
        return properties.stream().map(Property::member).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String lines(List<Property> properties) {
        return properties.stream()
                .map(property -> property.comment + property.member + "," + property.remark + "\n")
                .collect(Collectors.joining());
    }

    private List<Property> properties(JsonView schema) {
        List<String> required =
                schema.at("required").items().stream().map(JsonView::text).toList();
        List<Property> properties = new ArrayList<>();
        schema.at("properties").members().forEach(member -> {
            JsonView property = member.getValue();
            String optional = required.contains(member.getKey()) ? "" : "?";
            boolean preset = property.has("default");
            properties.add(new Property(
                    comment(property),
                    member.getKey() + optional + ": " + type(property),
                    preset ? " // default: " + property.at("default").compact() : ""));
        });
        return properties;
    }

    private static String comment(JsonView property) {
        String examples = property.at("examples").items().stream()
                .map(example -> "// - " + example.compact() + "\n")
                .collect(Collectors.joining());
        return Comment.of(property.at("title").text())
                + Comment.of(property.at("description").text())
                + (examples.isEmpty() ? "" : "// Examples:\n" + examples);
    }

    private static String union(Stream<String> types) {
        return types.collect(Collectors.joining(" | "));
    }

    private JsonView resolved(String reference) {
        for (String definitions : DEFINITIONS) {
            if (reference.startsWith(definitions)) {
                return root.at(definitions.substring(2, definitions.length() - 1))
                        .at(reference.substring(definitions.length()));
            }
        }
        return new JsonView(null);
    }

    /** A member of an object, with what is said of it before and behind it. */
    private record Property(String comment, String member, String remark) {

        boolean isPlain() {
            return comment.isEmpty() && remark.isEmpty();
        }
    }
}
