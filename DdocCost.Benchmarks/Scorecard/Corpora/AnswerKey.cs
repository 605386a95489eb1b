using System.Globalization;
using System.Text.Json;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Incidents;

namespace DdocCost.Benchmarks.Scorecard.Corpora;

/// <summary>What truly happened in a corpus: its <c>labels.json</c>.</summary>
internal sealed record AnswerKey
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Days of the corpus.</summary>
    public required double Days { get; init; }

    /// <summary>Its first moment, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    public required IReadOnlyList<LabelledAccount> Accounts { get; init; }

    public required IReadOnlyList<LabelledIncident> Incidents { get; init; }

    public required IReadOnlyList<LabelledDecoy> Decoys { get; init; }

    /// <summary>What a simulation did; what was not cleaned up by the end ends there.</summary>
    public static AnswerKey Of(Simulation simulation, DateTimeOffset until) => new()
    {
        Days = (until - simulation.Start).TotalDays,
        Start = simulation.Start,
        Accounts = [.. simulation.Accounts.Select(account => new LabelledAccount(account.Id, account.Kind))],
        Incidents = [.. simulation.Labels.Incidents.Select(i => new LabelledIncident(
            i.Id, i.Scenario, i.Account, Time(i.Start), i.End is null ? until : Time(i.End), (double)i.UsdPerHour, (double)i.OneTimeUsd, i.EventIds, Named(i.Kind)))],
        Decoys = [.. simulation.Labels.Decoys.Select(d => new LabelledDecoy(d.Scenario, d.Account, d.EventIds))],
    };

    /// <summary>Reads the labels beside a trail.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="JsonException">They are not such labels.</exception>
    public static AnswerKey Of(string folder)
    {
        using var stream = File.OpenRead(Path.Combine(folder, "labels.json"));
        return JsonSerializer.Deserialize<AnswerKey>(stream, Json) ?? throw new JsonException("labels.json holds nothing");
    }

    private static DateTimeOffset Time(string iso) => DateTimeOffset.Parse(iso, CultureInfo.InvariantCulture);

    private static string Named(Course course) => course == Course.Drift ? LabelledIncident.Drift : course.ToString();
}

/// <summary>An account of a corpus.</summary>
internal sealed record LabelledAccount(string Id, string Kind);

/// <summary>Something expensive that happened.</summary>
/// <param name="Id">Unique in the corpus.</param>
/// <param name="Scenario">What kind of mistake.</param>
/// <param name="Account">Account number.</param>
/// <param name="Start">First event, UTC.</param>
/// <param name="End">When it was over, UTC.</param>
/// <param name="UsdPerHour">What it added to the bill while it lasted.</param>
/// <param name="OneTimeUsd">What it cost at once.</param>
/// <param name="EventIds">All records that do the damage.</param>
/// <param name="Kind">How it unfolds; <c>drift</c> is slowly, so that no event of it stands out.</param>
internal sealed record LabelledIncident(
    string Id, string Scenario, string Account, DateTimeOffset Start, DateTimeOffset End, double UsdPerHour, double OneTimeUsd, IReadOnlyList<string> EventIds, string Kind)
{
    public const string Drift = "drift";
}

/// <summary>Something that looks alarming and wants no alert.</summary>
internal sealed record LabelledDecoy(string Scenario, string Account, IReadOnlyList<string> EventIds);
