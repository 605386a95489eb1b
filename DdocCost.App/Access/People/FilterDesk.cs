using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace DdocCost.App.Access.People;

/// <summary>Filters of lists that people name for themselves. They are kept with the person and lead nowhere but to that list.</summary>
internal sealed class FilterDesk(UserManager<AppUser> users)
{
    /// <summary>Filters of a list that one person keeps.</summary>
    public const int Most = 20;

    /// <summary>Characters of a name.</summary>
    public const int LongestName = 40;

    private const int LongestQuery = 1_000;

    private const string Gone = "This filter is not here any more.";

    private static readonly FrozenDictionary<string, string[]> KeysOf = new Dictionary<string, string[]>
    {
        ["anomalies"] = ["state", "severity", "answer", "account", "q"],
        ["events"] = ["show", "account", "service", "actor"],
        ["exposure"] = ["account", "region", "service", "actor", "tag", "q", "sort", "period"],
    }.ToFrozenDictionary();

    /// <summary>What of an address is a filter of that list: the keys it knows, always in the same order; empty where nothing is filtered.</summary>
    /// <param name="list">One of the lists.</param>
    /// <param name="query">An address's query, with or without the question mark.</param>
    public static string FilterOf(string list, string? query)
    {
        var given = QueryHelpers.ParseQuery(query);
        return QueryString.Create(KeysOf[list].Select(key => KeyValuePair.Create(key, given.TryGetValue(key, out var value) ? value[0] : null)).Where(pair => !string.IsNullOrWhiteSpace(pair.Value)))
            .Value?.TrimStart('?') ?? "";
    }

    /// <summary>Those of a person and a list, by name; none where the person is no longer let in.</summary>
    public async Task<IReadOnlyList<SavedFilter>> ListAsync(ClaimsPrincipal me, string list) => await MeAsync(me) is { } user ? Of(user, list) : [];

    /// <summary>Keeps a filter; one of the same name is replaced.</summary>
    /// <returns>What is wrong; null where it is done.</returns>
    public Task<string?> SaveAsync(ClaimsPrincipal me, string list, string name, string? query) => ChangeAsync(me, list, mine =>
    {
        var filter = new SavedFilter(list, name.Trim(), FilterOf(list, query));
        return filter.Query.Length == 0 ? "Nothing is filtered now; choose something first."
            : filter.Query.Length > LongestQuery ? "This filter is too long to be kept."
            : ProblemOf(filter.Name) is { } problem ? problem
            : mine.RemoveAll(one => IsCalled(one, filter.Name)) == 0 && mine.Count >= Most ? $"There are {Most} already; delete one first."
            : Add(mine, filter);
    });

    /// <summary>Gives a filter another name.</summary>
    /// <returns>What is wrong; null where it is done.</returns>
    public Task<string?> RenameAsync(ClaimsPrincipal me, string list, string name, string to) => ChangeAsync(me, list, mine =>
        mine.Find(one => IsCalled(one, name)) is not { } filter ? Gone
            : ProblemOf(to.Trim()) is { } problem ? problem
            : mine.Exists(one => one != filter && IsCalled(one, to.Trim())) ? "Another one is called so."
            : mine.Remove(filter) ? Add(mine, filter with { Name = to.Trim() }) : Gone);

    /// <summary>Deletes a filter.</summary>
    /// <returns>What is wrong; null where it is done.</returns>
    public Task<string?> RemoveAsync(ClaimsPrincipal me, string list, string name) => ChangeAsync(me, list, mine => mine.RemoveAll(one => IsCalled(one, name)) == 0 ? Gone : null);

    private async Task<string?> ChangeAsync(ClaimsPrincipal me, string list, Func<List<SavedFilter>, string?> change)
    {
        if (await MeAsync(me) is not { } user)
        {
            return "You are not let in any more.";
        }

        var mine = Of(user, list).ToList();
        if (change(mine) is { } problem)
        {
            return problem;
        }

        user.SavedFilters = [.. user.SavedFilters.Where(filter => filter.List != list), .. mine.OrderBy(filter => filter.Name, StringComparer.CurrentCultureIgnoreCase)];
        return (await users.UpdateAsync(user)).Succeeded ? null : "You changed something elsewhere at the same moment. Try again.";
    }

    private static IReadOnlyList<SavedFilter> Of(AppUser user, string list) => [.. user.SavedFilters.Where(filter => filter.List == list)];

    private static string? Add(List<SavedFilter> mine, SavedFilter filter)
    {
        mine.Add(filter);
        return null;
    }

    private static string? ProblemOf(string name) =>
        name.Length == 0 ? "It needs a name." : name.Length > LongestName ? $"A name has {LongestName} characters at most." : name.Any(char.IsControl) ? "A name is one line of text." : null;

    private static bool IsCalled(SavedFilter filter, string name) => string.Equals(filter.Name, name.Trim(), StringComparison.OrdinalIgnoreCase);

    private async Task<AppUser?> MeAsync(ClaimsPrincipal me) => await users.GetUserAsync(me) is { DisabledAt: null } user ? user : null;
}
