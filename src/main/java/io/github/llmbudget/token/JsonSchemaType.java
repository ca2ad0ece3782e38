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
    private static final String OR = " | ";
    private static final String AND = " & ";
    private static final List<String> DEFINITIONS = List.of("#/$defs/", "#/definitions/");

    /** Definitions that refer to others twice multiply: beyond this many characters of them, none is written out any more. */
    private static final long LONGEST_EXPANSION = 1 << 20;

    /** No type is written deeper than this, so that a long chain of references ends before the stack does. */
    private static final int DEEPEST = 100;

    private final JsonView root;
    private final Set<String> expanding = new HashSet<>();
    private long expanded;
    private int depth;

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
        return object(schema, heading(schema));
    }

    private String type(JsonView schema) {
        if (depth == DEEPEST) {
            return ANY;
        }
        depth++;
        String reference = schema.at("$ref").text();
        String type = reference.isEmpty() ? typeOf(schema) : expansion(reference);
        depth--;
        return type;
    }

    /** Writes what a reference stands for; within itself a schema that refers to itself is anything. */
    private String expansion(String reference) {
        if (expanded > LONGEST_EXPANSION || !expanding.add(reference)) {
            return ANY;
        }
        // The target may be a reference, too.
        String type = type(resolved(reference));
        expanding.remove(reference);
        expanded += type.length();
        return type;
    }

    private String typeOf(JsonView schema) {
        if (schema.at("enum").isArray()) {
            return union(schema.at("enum").items().stream().map(JsonView::compact));
        }
        if (schema.has("const")) {
            return schema.at("const").compact();
        }
        for (String alternatives : List.of("anyOf", "oneOf")) {
            if (schema.at(alternatives).isArray()) {
                return union(schema.at(alternatives).items().stream().map(one -> type(one)));
            }
        }
        List<JsonView> all = schema.at("allOf").items();
        if (!all.isEmpty()) {
            return all.stream().map(one -> part(type(one))).collect(Collectors.joining(AND));
        }
        JsonView type = schema.at("type");
        return type.isArray()
                ? union(type.items().stream().map(one -> named(one.text(), schema)))
                : named(type.text(), schema);
    }

    private static String part(String type) {
        return isCompound(type) ? "(" + type + ")" : type;
    }

    /** Tells whether a type consists of several, which brackets have to hold together. */
    private static boolean isCompound(String type) {
        return !type.startsWith("{") && (type.contains(OR) || type.contains(AND));
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
        return element.startsWith("{") || isCompound(element) ? "Array<" + element + ">" : element + "[]";
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

    private static String heading(JsonView schema) {
        return Comment.of(schema.at("title").text())
                + Comment.of(schema.at("description").text());
    }

    private static String comment(JsonView property) {
        String examples = property.at("examples").items().stream()
                .map(example -> "// - " + example.compact() + "\n")
                .collect(Collectors.joining());
        return heading(property) + (examples.isEmpty() ? "" : "// Examples:\n" + examples);
    }

    private static String union(Stream<String> types) {
        String union = types.collect(Collectors.joining(OR));
        return union.isEmpty() ? ANY : union;
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
