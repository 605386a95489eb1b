using System.Text.Json;

namespace DdocCost.Domain.Anomalies;

/// <summary>A decision on its way to the case: travels through the account's lane, in order with its deliveries.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Signature">Who, when.</param>
public sealed record DecisionTaken(string CaseId, CaseDecision Decision, Signature Signature)
{
    /// <summary>As it travels.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static DecisionTaken Parse(string json) =>
        JsonSerializer.Deserialize<DecisionTaken>(json, JsonSerializerOptions.Web) ?? throw new JsonException("A decision is an object.");
}
