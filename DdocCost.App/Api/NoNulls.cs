using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DdocCost.App.Api;

/// <summary>Refuses null as an element of a list in a body: no list here means anything by it, and nullable annotations do not reach into lists.</summary>
internal static class NoNulls
{
    /// <summary>Looks through each list that was read.</summary>
    public static void InLists(JsonTypeInfo type)
    {
        if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType.IsValueType: false })
        {
            type.OnDeserialized = list =>
            {
                if (((IEnumerable)list).Cast<object?>().Contains(null))
                {
                    throw new JsonException("An element of a list is null.");
                }
            };
        }
    }
}
