namespace DdocCost.Domain.Normalise;

/// <summary>Ids out of records, in the one form that is used for a resource wherever it is named.</summary>
internal static class Ids
{
    /// <summary>The ids in a list; each item is an id, or holds one under <paramref name="name"/>.</summary>
    public static List<string> Of(Field list, string? name = null)
    {
        var items = list.Items;
        var ids = new List<string>(items.Count);
        foreach (var item in items)
        {
            if ((name is null ? item.Text : item[name].Text ?? item.Text) is { } id)
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    /// <summary>An id as AWS gave it; ARNs in a path come percent-encoded.</summary>
    public static string? Plain(Field id) =>
        id.Text is { } text && text.StartsWith("arn%3A", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(text) : id.Text;

    /// <summary>
    /// The last part of an ARN or path, or the text itself: <c>arn:…:task-definition/web:7</c> → <c>web:7</c>; null where nothing follows the
    /// last separator.
    /// </summary>
    public static string? Tail(string? text, char separator = '/') =>
        text is null || text.EndsWith(separator) ? null : text[(text.LastIndexOf(separator) + 1)..];

    /// <summary>The owner of what ends together with a resource of this type.</summary>
    public static string? Owner(string resourceType, string? id) => id is null ? null : $"{resourceType}/{id}";

    /// <summary><c>outer/inner</c>, or the one that is known.</summary>
    public static string? Within(string? outer, string? inner) => outer is null ? inner : inner is null ? outer : $"{outer}/{inner}";
}
