namespace DdocCost.App.Access;

/// <summary>A list of AWS accounts as people type it.</summary>
internal static class AccountList
{
    /// <summary>As many as a restriction names at most: it travels with each request.</summary>
    public const int Most = 200;

    /// <summary>From a text with ids between commas, blanks or lines; null for an empty one, which means all.</summary>
    public static IReadOnlyList<string>? Parse(string? text)
    {
        var ids = (text ?? "").Split([',', ' ', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal).ToArray();
        return ids.Length == 0 ? null : ids;
    }

    /// <summary>What is wrong with it, for a person; null where nothing is.</summary>
    public static string? Problem(IReadOnlyList<string>? accounts) => accounts switch
    {
        null => null,
        { Count: 0 or > Most } => $"Name 1 to {Most} accounts, or none for all.",
        _ => accounts.FirstOrDefault(id => id.Length != 12 || !id.All(char.IsAsciiDigit)) is { } wrong ? $"“{(wrong.Length > 20 ? wrong[..20] : wrong)}” is not an account id: 12 digits." : null,
    };

    /// <summary>For a person to read.</summary>
    public static string Words(IReadOnlyList<string>? accounts) => accounts is null ? "all accounts" : string.Join(", ", accounts);
}
