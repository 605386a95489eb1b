using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>What a scan saw, as a record that the catalogue reads (<see cref="Inventoried"/>). The same scan's word on the same resource is the same record.</summary>
public static class InventoryRecord
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>It runs, and the ledger does not know it.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="region">AWS region.</param>
    /// <param name="seen">Type, id, size and traits.</param>
    /// <param name="made">When it was made, UTC, or null where AWS does not tell.</param>
    /// <param name="at">When the scan began, UTC.</param>
    public static string Found(string accountId, string region, ResourceChange seen, DateTimeOffset? made, DateTimeOffset at) => Of(Inventoried.Found, accountId, region, at, seen.ResourceType, seen.ResourceIds[0], new
    {
        seen.ResourceType,
        ResourceId = seen.ResourceIds[0],
        seen.Size,
        seen.Quantity,
        seen.Owner,
        Made = made?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        seen.Traits,
    });

    /// <summary>The ledger believes it to run, and two complete scans in a row did not see it.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="region">AWS region.</param>
    /// <param name="resourceType">Type.</param>
    /// <param name="resourceId">Id as AWS gave it.</param>
    /// <param name="at">When the second scan began, UTC.</param>
    public static string Missed(string accountId, string region, string resourceType, string resourceId, DateTimeOffset at) =>
        Of(Inventoried.Missed, accountId, region, at, resourceType, resourceId, new { ResourceType = resourceType, ResourceId = resourceId });

    private static string Of(string name, string accountId, string region, DateTimeOffset at, string type, string id, object told)
    {
        var key = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}/{accountId}/{region}/{type}/{id}/{at.UtcTicks}")).AsSpan(0, 16));
        return $$"""
            {"eventVersion":"1.11","userIdentity":{"type":"Unknown"},"eventTime":"{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}",
            "eventSource":"{{Inventoried.Source}}","eventName":"{{name}}","awsRegion":{{JsonSerializer.Serialize(region)}},"sourceIPAddress":"{{Inventoried.Source}}",
            "requestParameters":{{JsonSerializer.Serialize(told, Json)}},"responseElements":null,"eventID":"{{key}}","eventType":"AwsServiceEvent","recipientAccountId":"{{accountId}}"}
            """;
    }
}
