using DdocCost.App.Search;

namespace DdocCost.App.Api;

/// <summary>Looks for things by part of an id or name.</summary>
internal static class SearchApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/search", FindAsync).WithTags("Search").WithSummary("Finds accounts, cases, running resources, actors and zombies by part of an id or name: at most five of each kind.")
            .Produces<IReadOnlyList<SearchHit>>();

    private static async Task<object> FindAsync(SearchReader reader, ApiCaller caller, CancellationToken cancellationToken, string? q = null)
    {
        if (q?.Trim() is not { Length: >= SearchReader.Shortest and <= SearchReader.Longest } text)
        {
            throw ApiException.Invalid("q", $"It has {SearchReader.Shortest} to {SearchReader.Longest} characters.");
        }

        try
        {
            return await reader.FindAsync(caller.Sight, text, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, "Too slow", e.Message);
        }
    }
}
