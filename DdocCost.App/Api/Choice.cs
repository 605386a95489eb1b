namespace DdocCost.App.Api;

/// <summary>Reads parameters that take one of a few words. A word that is none of them is an error: a filter that is silently left out shows too much.</summary>
internal static class Choice
{
    /// <summary>One of the words, or null where none was given.</summary>
    /// <exception cref="ApiException">Another word.</exception>
    public static string? Of(string field, string? given, params IReadOnlyList<string> words) =>
        string.IsNullOrEmpty(given) ? null
        : words.FirstOrDefault(word => word.Equals(given, StringComparison.OrdinalIgnoreCase)) ?? throw ApiException.Invalid(field, $"It is one of {string.Join(", ", words)}.");

    /// <summary>One of an enumeration's names, or null where none was given.</summary>
    /// <exception cref="ApiException">Another word.</exception>
    public static string? Of<T>(string field, string? given)
        where T : struct, Enum => Of(field, given, Enum.GetNames<T>());
}
