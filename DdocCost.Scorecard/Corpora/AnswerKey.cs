using System.Text.Json;

namespace DdocCost.Scorecard.Corpora;

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

    /// <summary>Reads the labels beside a trail.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="JsonException">They are not such labels.</exception>
    public static AnswerKey Of(string folder)
    {
        using var stream = File.OpenRead(Path.Combine(folder, "labels.json"));
        return JsonSerializer.Deserialize<AnswerKey>(stream, Json) ?? throw new JsonException("labels.json holds nothing");
    }
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
/// <param name="Kind"><c>single</c>, <c>burst</c> or <c>drift</c>.</param>
internal sealed record LabelledIncident(
    string Id, string Scenario, string Account, DateTimeOffset Start, DateTimeOffset End, double UsdPerHour, double OneTimeUsd, IReadOnlyList<string> EventIds, string Kind);

/// <summary>Something that looks alarming and wants no alert.</summary>
internal sealed record LabelledDecoy(string Scenario, string Account, IReadOnlyList<string> EventIds);
