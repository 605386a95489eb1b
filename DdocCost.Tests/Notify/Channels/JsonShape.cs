using System.Text.Json.Nodes;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>The part of JSON Schema that our own schema uses: type, properties, required, additionalProperties, items, enum, const, $ref into $defs.</summary>
internal static class JsonShape
{
    /// <summary>Where a value breaks its schema.</summary>
    public static IEnumerable<string> Broken(JsonObject root, JsonObject schema, JsonNode? value, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Broken(root, root["$defs"]![reference["#/$defs/".Length..]]!.AsObject(), value, at);
        }

        var types = schema["type"] switch
        {
            JsonArray many => many.Select(type => (string)type!),
            JsonValue one => [(string)one!],
            _ => [],
        };
        if (types.Any() && !types.Any(type => Is(type, value)))
        {
            return [$"{at} is not {string.Join(" or ", types)}"];
        }

        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
        {
            return [$"{at} is none of {choices.ToJsonString()}"];
        }

        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
        {
            return [$"{at} is not {constant}"];
        }

        return value switch
        {
            JsonObject o => OfObject(root, schema, o, at),
            JsonArray a when schema["items"] is JsonObject items => a.SelectMany((item, i) => Broken(root, items, item, $"{at}[{i}]")),
            _ => [],
        };
    }

    private static IEnumerable<string> OfObject(JsonObject root, JsonObject schema, JsonObject value, string at)
    {
        var known = schema["properties"]?.AsObject() ?? [];
        var missing = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(name => !value.ContainsKey(name)).Select(name => $"{at}.{name} is missing");
        var members = value.SelectMany(member => known[member.Key] is JsonObject inner ? Broken(root, inner, member.Value, $"{at}.{member.Key}") : [$"{at}.{member.Key} is not in the schema"]);
        return missing.Concat(members);
    }

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && decimal.IsInteger(decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture)),
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        _ => false,
    };
}
