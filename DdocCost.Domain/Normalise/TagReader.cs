using System.Text;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// Reads the tags that a call gives to what it makes. AWS's services write them in a dozen forms: a list of key and value
/// (<c>tags</c>, <c>tagList</c>, <c>tagSet</c>), the same within <c>tagSpecificationSet</c>, or an object of names
/// (<c>{"team":"web"}</c>).
/// </summary>
internal static class TagReader
{
    /// <summary>AWS allows 50 tags a resource, 128 characters a key and 256 a value.</summary>
    private const int Most = 50, LongestKey = 128, LongestValue = 256;

    /// <summary>The tags; null where the record gives none.</summary>
    public static IReadOnlyDictionary<string, string>? Read(CloudTrailRecord record)
    {
        Dictionary<string, string>? tags = null;
        foreach (var (name, value) in record.Request.Members)
        {
            if (name.Length >= 3 && Ascii.EqualsIgnoreCase(name[..3], "tag"))
            {
                Take(value, ref tags);
            }
        }

        if (tags is null && record.Response["instancesSet"] is { IsPresent: true } launched)
        {
            Take(launched.Items.First["tagSet"], ref tags);
        }

        return tags;
    }

    /// <summary>Keys of tags that a call takes away, in any of the forms: a list of keys, or of tags; null where it names none.</summary>
    public static IReadOnlyList<string>? Removed(CloudTrailRecord record)
    {
        var keys = record.Request["tagKeys"].Or(record.Request["tagKeyList"]) is { IsPresent: true } named
            ? Ids.Of(named) : Ids.Of(record.Request["tagSet"].Or(record.Request["tags"]), "key");
        return keys.Count == 0 ? null : [.. keys.Take(Most)];
    }

    private static void Take(Field told, ref Dictionary<string, string>? tags)
    {
        foreach (var item in told.Items)
        {
            if (item["tags"] is { IsPresent: true } within)
            {
                Take(within, ref tags);
            }
            else if (item["key"].Or(item["tagKey"]).Text is { } key)
            {
                Add(key, item["value"].Or(item["tagValue"]).Text, ref tags);
            }
            else
            {
                TakeNames(item, ref tags);
            }
        }
    }

    private static void TakeNames(Field item, ref Dictionary<string, string>? tags)
    {
        foreach (var (name, value) in item.Members)
        {
            if (value.Text is { } text)
            {
                Add(Encoding.UTF8.GetString(name), text, ref tags);
            }
        }
    }

    private static void Add(string key, string? value, ref Dictionary<string, string>? tags)
    {
        tags ??= [];
        if (tags.Count < Most && key.Length <= LongestKey)
        {
            tags.TryAdd(key, value is { Length: > LongestValue } ? value[..LongestValue] : value ?? "");
        }
    }
}
