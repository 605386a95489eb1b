using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>What an account says of one of its resources.</summary>
/// <param name="ResourceType">service:kind, as in <see cref="RunningResource.ResourceType"/>.</param>
/// <param name="ResourceId">Its id as AWS gave it.</param>
public sealed record ResourceFacts(string ResourceType, string ResourceId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Size, or null.</summary>
    public string? Size { get; init; }

    /// <summary>How many units, or null where it is one.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Storage of one unit, GiB.</summary>
    public decimal? StorageGib { get; init; }

    /// <summary>Kind of storage.</summary>
    public string? StorageType { get; init; }

    /// <summary>Provisioned I/O operations a second.</summary>
    public decimal? Iops { get; init; }

    /// <summary>Provisioned throughput, MiB/s.</summary>
    public decimal? ThroughputMibps { get; init; }

    /// <summary>Database engine.</summary>
    public string? Engine { get; init; }

    /// <summary>platformDetails, as EC2 words it.</summary>
    public string? Platform { get; init; }

    /// <summary>Tenancy, as EC2 words it.</summary>
    public string? Tenancy { get; init; }

    /// <summary>Bought on the spot market.</summary>
    public bool? Spot { get; init; }

    /// <summary>A standby copy is paid as well.</summary>
    public bool? MultiAz { get; init; }

    /// <summary>The definition it refers to, as <c>type/name</c>, or null.</summary>
    public string? Definition { get; init; }

    /// <summary>What that definition says, or without one what it has itself: one entry for each kind of unit (each variant of an endpoint).</summary>
    public IReadOnlyList<DefinedPart>? Parts { get; init; }

    /// <summary>These facts as a record that the catalogue reads (<see cref="LookedUp"/>). The same facts make the same record within an hour.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="region">AWS region.</param>
    /// <param name="at">When they were looked up, UTC.</param>
    public string ToRecord(string accountId, string region, DateTimeOffset at)
    {
        var told = JsonSerializer.Serialize(this, Json);
        var key = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}/{region}/{told}/{at:yyyyMMddHH}")).AsSpan(0, 16));
        return $$"""
            {"eventVersion":"1.11","userIdentity":{"type":"AWSService","invokedBy":"{{LookedUp.Source}}"},"eventTime":"{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}",
            "eventSource":"{{LookedUp.Source}}","eventName":"{{LookedUp.Described}}","awsRegion":{{JsonSerializer.Serialize(region)}},"sourceIPAddress":"{{LookedUp.Source}}",
            "requestParameters":{{told}},"responseElements":null,"eventID":"{{key}}","eventType":"AwsServiceEvent","recipientAccountId":"{{accountId}}"}
            """;
    }
}

/// <summary>What a definition says of one kind of unit; null where it does not say.</summary>
public sealed record DefinedPart
{
    /// <summary>Size: an instance type, <c>fargate</c>.</summary>
    public string? Size { get; init; }

    /// <summary>How many units, or null where that is not the definition's to say.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Storage of one unit, GiB.</summary>
    public decimal? StorageGib { get; init; }

    /// <summary>vCPU of one unit.</summary>
    public decimal? VCpu { get; init; }

    /// <summary>Memory of one unit, GiB.</summary>
    public decimal? MemoryGib { get; init; }

    /// <summary>Operating system, in lower case.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>Tenancy, as EC2 words it.</summary>
    public string? Tenancy { get; init; }

    /// <summary>Bought on the spot market.</summary>
    public bool? Spot { get; init; }

    /// <summary>Processor architecture, in lower case.</summary>
    public string? Variant { get; init; }
}

/// <summary>Asks an account about its resources, where credentials permit.</summary>
public interface IResourceLookup
{
    /// <summary>Types it can ask about.</summary>
    IReadOnlyCollection<string> Types { get; }

    /// <summary>Asks about some resources of one type.</summary>
    /// <returns>Facts of those that the account has; it may have lost some meanwhile.</returns>
    /// <exception cref="ResourceLookupException">The account does not answer, or not to us.</exception>
    Task<IReadOnlyList<ResourceFacts>> LookUpAsync(
        string tenantId, string accountId, string region, string resourceType, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Types of definitions it can ask about.</summary>
    IReadOnlyCollection<string> DefinitionTypes { get; }

    /// <summary>Asks what a definition says.</summary>
    /// <param name="tenantId">Tenant.</param>
    /// <param name="accountId">Account.</param>
    /// <param name="region">AWS region.</param>
    /// <param name="definition">As <c>type/name</c>, as in <see cref="RunningResource.Definition"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its kinds of units; none where the account has no such definition.</returns>
    /// <exception cref="ResourceLookupException">The account does not answer, or not to us.</exception>
    Task<IReadOnlyList<DefinedPart>> DefinedAsync(string tenantId, string accountId, string region, string definition, CancellationToken cancellationToken);
}

/// <summary>An account was asked in vain.</summary>
public sealed class ResourceLookupException(string message, Exception? inner = null) : Exception(message, inner);
