using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo;

/// <summary>What truly happened in a simulation, for measuring a detector against: the incidents, and the decoys that want no alert.</summary>
public sealed class Labels
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<IncidentLabel> _incidents = [];
    private readonly List<DecoyLabel> _decoys = [];

    /// <summary>Incidents so far, in the order in which they were played.</summary>
    public IReadOnlyList<IncidentLabel> Incidents => _incidents;

    /// <summary>Decoys so far.</summary>
    public IReadOnlyList<DecoyLabel> Decoys => _decoys;

    /// <summary>Notes an incident.</summary>
    public void Incident(Incident incident, Account account, DateTimeOffset start, DateTimeOffset? end, Damage damage, IReadOnlyList<string> eventIds) => _incidents.Add(new(
        $"incident-{_incidents.Count + 1:000}", incident.Scenario, account.Id, TrailRecord.Iso(start), end is null ? null : TrailRecord.Iso(end.Value), damage.Actor.Arn, Math.Round(damage.UsdPerHour, 3), 0, eventIds, incident.Course));

    /// <summary>Notes something that looks alarming and is not.</summary>
    public void Decoy(string scenario, Account account, DateTimeOffset start, IReadOnlyList<string> eventIds) => _decoys.Add(new(scenario, account.Id, TrailRecord.Iso(start), eventIds));

    /// <summary>Writes the labels as one JSON object.</summary>
    /// <param name="path">The file, replaced.</param>
    /// <param name="simulation">What they belong to.</param>
    /// <param name="until">How far it was written, UTC; what was not cleaned up by then ends there.</param>
    /// <param name="counts">How much was written.</param>
    public void Save(string path, Simulation simulation, DateTimeOffset until, TrailCounts counts) => File.WriteAllText(path, JsonSerializer.Serialize(
        new
        {
            simulation.Seed,
            days = Math.Round((until - simulation.Start).TotalDays, 2),
            start = TrailRecord.Iso(simulation.Start),
            accounts = simulation.Accounts.Select(a => new { a.Id, a.Kind, a.Region }),
            incidents = _incidents.OrderBy(i => i.Start, StringComparer.Ordinal).Select(i => i with { End = i.End ?? TrailRecord.Iso(until) }),
            decoys = _decoys.OrderBy(d => d.Start, StringComparer.Ordinal),
            counts,
        },
        Json));
}

/// <summary>An incident as labelled.</summary>
/// <param name="Id">Unique in the simulation.</param>
/// <param name="Scenario">Which one, such as <c>crypto-mining</c>.</param>
/// <param name="Account">Account number.</param>
/// <param name="Start">First call, UTC.</param>
/// <param name="End">When it was cleaned up, UTC, or null while it was not.</param>
/// <param name="Actor">ARN of who did it.</param>
/// <param name="UsdPerHour">What it adds to the bill while it lasts.</param>
/// <param name="OneTimeUsd">What it costs at once.</param>
/// <param name="EventIds">eventIDs of all records that do the damage; those that end it are not among them.</param>
/// <param name="Kind">How it unfolds.</param>
public sealed record IncidentLabel(
    string Id, string Scenario, string Account, string Start, string? End, string Actor, decimal UsdPerHour, decimal OneTimeUsd, IReadOnlyList<string> EventIds, Course Kind);

/// <summary>A decoy as labelled.</summary>
public sealed record DecoyLabel(string Scenario, string Account, string Start, IReadOnlyList<string> EventIds);

/// <summary>How much was written.</summary>
/// <param name="Events">Records.</param>
/// <param name="Files">Log files.</param>
public sealed record TrailCounts(long Events, long Files);
