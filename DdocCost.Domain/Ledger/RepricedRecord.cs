using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <summary>What newer list prices make of what runs, as records that the catalogue reads (<see cref="Repriced"/>).</summary>
public static class RepricedRecord
{
    /// <summary>A record stays well below what a queue or a page takes.</summary>
    private const int MostInOne = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The rate of a resource by a price book; null where that is the rate it has, or where the book does not know it.</summary>
    public static RateMove? Move(RunningResource resource, PriceBook book)
    {
        var change = resource.AsChange(ResourceAction.Start);
        var cost = resource.PausedAt is null ? PricedResources.Price(change, resource.Region, book) : PricedResources.PriceWhilePaused(change, resource.Region, book);
        return cost.UsdPerHour is { } rate && rate != resource.UsdPerHour ? new RateMove(LedgerId.PartOf(resource), resource.UsdPerHour, rate) : null;
    }

    /// <summary>The moves of one account, a record for some of a region's. The same moves to the same version make the same records.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="version">Version of the price book.</param>
    /// <param name="moves">Resources with what the version makes of their rates.</param>
    /// <param name="at">When, UTC.</param>
    public static IEnumerable<string> Of(string accountId, long version, IEnumerable<(RunningResource Resource, RateMove Move)> moves, DateTimeOffset at) =>
        from region in moves.GroupBy(move => move.Resource.Region)
        from some in region.OrderBy(move => move.Resource.Id, StringComparer.Ordinal).Chunk(MostInOne)
        select Record(accountId, region.Key, version, some, at);

    private static string Record(string accountId, string region, long version, (RunningResource Resource, RateMove Move)[] moves, DateTimeOffset at)
    {
        var rates = moves.Select(one => new Rate(one.Resource.ResourceType, one.Resource.ResourceId, one.Move.Part, one.Move.Was, one.Move.Is));
        var told = JsonSerializer.Serialize(new { Version = version, Rates = rates }, Json);
        var key = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}/{region}/{told}/{at:yyyyMMddHH}")).AsSpan(0, 16));
        return $$"""
            {"eventVersion":"1.11","userIdentity":{"type":"AWSService","invokedBy":"{{Repriced.Source}}"},"eventTime":"{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}",
            "eventSource":"{{Repriced.Source}}","eventName":"{{Repriced.Moved}}","awsRegion":{{JsonSerializer.Serialize(region)}},"sourceIPAddress":"{{Repriced.Source}}",
            "requestParameters":{{told}},"responseElements":null,"eventID":"{{key}}","eventType":"AwsServiceEvent","recipientAccountId":"{{accountId}}"}
            """;
    }

    private sealed record Rate(string ResourceType, string ResourceId, int Part, decimal? Was, decimal Is);
}
