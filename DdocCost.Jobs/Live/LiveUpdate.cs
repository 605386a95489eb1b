using System.Text.Json;
using System.Text.Json.Serialization;
using DdocCost.Domain.Anomalies;

namespace DdocCost.Jobs.Live;

/// <summary>What a stored batch changed for one account: sent to whoever shows it, after it is durable.</summary>
/// <param name="TenantId">Tenant.</param>
/// <param name="AccountId">Account.</param>
/// <param name="At">When the batch was stored, UTC.</param>
/// <param name="ExposureUsdPerHour">What runs in the account now costs, USD per hour.</param>
/// <param name="CostEvents">How many cost events the batch added.</param>
/// <param name="Cases">Cases opened, changed or closed by it.</param>
/// <param name="Alerts">What there is to tell.</param>
public sealed record LiveUpdate(
    string TenantId, string AccountId, DateTimeOffset At, decimal ExposureUsdPerHour, int CostEvents,
    IReadOnlyList<AnomalyCase> Cases, IReadOnlyList<Alert> Alerts)
{
    /// <summary>A scan for zombies went on; nothing was scored, and the other figures say nothing.</summary>
    public bool IsHunt { get; init; }

    /// <summary>Pattern of the channels of all tenants.</summary>
    public const string AllChannels = "ddoc:live:*";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The Redis channel that carries a tenant's updates.</summary>
    public static string ChannelOf(string tenantId) => $"ddoc:live:{tenantId}";

    /// <summary>As it travels: UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">Something else was sent on the channel.</exception>
    public static LiveUpdate Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<LiveUpdate>(json, Json) ?? throw new JsonException("A live update is an object.");
}
