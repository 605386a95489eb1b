using System.Text.Json.Serialization;

namespace DdocCost.Domain.Queue;

/// <summary>What travels through the queue: where one account's part of a delivery lies in the archive. Never the records themselves.</summary>
/// <param name="TenantId">Tenant.</param>
/// <param name="AccountId">Account all of its records belong to.</param>
/// <param name="Sequence">Its place in the account's order: 1, 2, 3, … without gaps.</param>
/// <param name="ArchiveKey">Key in the raw archive.</param>
/// <param name="Name">File path or object key it came under, at most its last 200 characters.</param>
/// <param name="Records">How many records it holds.</param>
public sealed record DeliveryPointer(string TenantId, string AccountId, long Sequence, string ArchiveKey, string Name, long Records)
{
    /// <summary>Instead of a delivery, something that people decided and that takes its place in the same order, as JSON; null for a delivery.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Decision { get; init; }
}
