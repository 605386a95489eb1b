using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DdocCost.App.Api;

/// <summary>What no body of a request may hold, wherever in it: null as an element of a list, which nullable annotations do not reach, and texts with a NUL, which PostgreSQL does not take.</summary>
internal static class BodyRules
{
    /// <summary>Looks through each list and each object that was read.</summary>
    public static void Apply(JsonTypeInfo type)
    {
        if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType.IsValueType: false })
        {
            type.OnDeserialized = list =>
            {
                foreach (var element in (IEnumerable)list)
                {
                    Check(element ?? throw new JsonException("An element of a list is null."));
                }
            };
        }
        else if (type.Kind == JsonTypeInfoKind.Object)
        {
            Func<object, object?>[] texts = [.. type.Properties.Where(property => property.PropertyType == typeof(string)).Select(property => property.Get).OfType<Func<object, object?>>()];
            type.OnDeserialized = read =>
            {
                foreach (var text in texts)
                {
                    Check(text(read));
                }
            };
        }
    }

    private static void Check(object? value)
    {
        if (value is string text && text.Contains('\0', StringComparison.Ordinal))
        {
            throw new JsonException("A text holds a NUL.");
        }
    }
}
