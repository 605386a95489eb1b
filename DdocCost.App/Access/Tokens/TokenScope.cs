namespace DdocCost.App.Access.Tokens;

/// <summary>What a token may do at most, as programs say it: <c>read</c>, <c>triage</c>, <c>admin</c>. Each holds the ones before it, as the roles do.</summary>
internal static class TokenScope
{
    private static readonly string[] Names = ["read", "triage", "admin"];

    /// <summary>In a word.</summary>
    public static string NameOf(AccessRole scope) => Names[(int)scope];

    /// <summary>From a word.</summary>
    public static bool TryParse(string? name, out AccessRole scope)
    {
        var index = Array.IndexOf(Names, name);
        scope = index < 0 ? AccessRole.Viewer : (AccessRole)index;
        return index >= 0;
    }
}
