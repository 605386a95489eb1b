using System.Text.Json.Serialization;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>An expensive mistake that can happen in an account.</summary>
/// <param name="Scenario">Its name in the labels, such as <c>crypto-mining</c>.</param>
/// <param name="AccountKind">The kind of account it happens in.</param>
/// <param name="Course">How it unfolds.</param>
public abstract record Incident(string Scenario, string AccountKind, Course Course)
{
    /// <summary>Makes the calls that do the damage, from <paramref name="at"/> on.</summary>
    public abstract Damage Play(DateTimeOffset at, CallLog log);
}

/// <summary>What an incident did.</summary>
/// <param name="Actor">Who did it.</param>
/// <param name="UsdPerHour">What it adds to the bill while it lasts, USD per hour at list prices.</param>
/// <param name="CleanUp">Makes the calls that end it, at a given moment.</param>
public sealed record Damage(Caller Actor, decimal UsdPerHour, Action<DateTimeOffset, CallLog> CleanUp);

/// <summary>How an incident unfolds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Course>))]
public enum Course
{
    /// <summary>One call does it all.</summary>
    [JsonStringEnumMemberName("single")] OneCall,

    /// <summary>Many calls in a short time.</summary>
    [JsonStringEnumMemberName("burst")] Burst,

    /// <summary>Slowly; no call stands out.</summary>
    [JsonStringEnumMemberName("drift")] Drift,
}
