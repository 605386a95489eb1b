namespace DdocCost.Agent.Readers;

/// <summary>The part of a source behind its question mark.</summary>
internal static class SourceQuery
{
    /// <summary>Names and values.</summary>
    public static Dictionary<string, string> Of(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : ""), StringComparer.Ordinal);
}
