using DdocCost.Domain.Zombies;

namespace DdocCost.App.Zombies;

/// <summary>Which findings are listed, and in which order; all of it is in the address.</summary>
/// <param name="State">One of <see cref="States"/>.</param>
/// <param name="Account">Of that account only, or null.</param>
/// <param name="Service">Of that service only, or null.</param>
/// <param name="Creator">Made by that person or machine only, or null.</param>
/// <param name="Rule">Found by that rule only, or null.</param>
/// <param name="Text">Words in id, name or title, or null.</param>
/// <param name="Small">Also those that save less than a dollar a month.</param>
/// <param name="Sort">One of <see cref="Sorts"/>.</param>
/// <param name="Page">From 1.</param>
public sealed record ZombieFilter(string State, string? Account, string? Service, string? Creator, string? Rule, string? Text, bool Small, string Sort, int Page)
{
    /// <summary>States; the first is the default.</summary>
    public static IReadOnlyList<string> States { get; } = ["zombies", "new", "kept", "gone", "all"];

    /// <summary>Orders; the first is the default.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["saving", "wasted", "oldest", "newest"];

    /// <summary>From the address; what is not understood is left out.</summary>
    public static ZombieFilter Of(string? state, string? account, string? service, string? creator, string? rule, string? text, bool? small, string? sort, int? page) => new(
        States.Contains(state) ? state! : States[0], Given(account), Given(service), Given(creator), Given(rule), Given(text), small ?? false, Sorts.Contains(sort) ? sort! : Sorts[0], page ?? 1);

    /// <summary>The states it stands for; empty for all.</summary>
    public IReadOnlyList<FindingState> StatesMeant => State switch
    {
        "zombies" => [FindingState.Confirmed],
        "new" => [FindingState.New, FindingState.CameBack],
        "kept" => [FindingState.Kept],
        "gone" => [FindingState.Gone],
        _ => [],
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
