using System.Globalization;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Anomalies;

/// <summary>The sentence a person reads first. Pure.</summary>
internal static class CaseTitle
{
    private const string Times = " × ";

    // g5.48xlarge, db.r5.large and cache.r6g.large tell what they are.
    private static readonly string[] NamedBySize = ["instance", "db", "node"];

    /// <summary>Such as <c>deploy-bot started 16 × g5.48xlarge in sa-east-1: $260/h, usually $0.4/h (first time here: sa-east-1)</c>.</summary>
    public static string Of(AnomalyCase anomaly)
    {
        var others = anomaly.ActorIds.Count > 1 ? $" and {anomaly.ActorIds.Count - 1} more" : "";
        var what = anomaly.What.Count switch
        {
            0 => "something",
            <= 2 => string.Join(", ", anomaly.What.Select(Spoken)),
            _ => $"{Spoken(anomaly.What[0])} and {anomaly.What.Count - 1} more kinds",
        };
        var where = anomaly.Regions.Count switch
        {
            0 => "",
            <= 3 => $" in {string.Join(", ", anomaly.Regions)}",
            _ => $" in {anomaly.Regions.Count} regions",
        };
        return $"{anomaly.Actor.Name}{others} started {what}{where}: {Price(anomaly)}{Usual(anomaly.Components)}{News(anomaly.Components)}";
    }

    /// <summary><c>3 × sagemaker:notebook ml.p3.2xlarge</c> as it is said: <c>3 × ml.p3.2xlarge notebook</c>.</summary>
    private static string Spoken(string line)
    {
        var (at, colon) = (line.IndexOf(Times, StringComparison.Ordinal) + Times.Length, line.IndexOf(':', StringComparison.Ordinal));
        if (at < Times.Length || colon < at)
        {
            return line;
        }

        var (count, parts) = (line[..at], line[(colon + 1)..].Split(' ', 2));
        var kind = parts[0].Replace('-', ' ');
        return parts is [_, var size] ? NamedBySize.Contains(kind) ? count + size : $"{count}{size} {kind}" : count + kind;
    }

    /// <summary>Counts what an event added under its type and size.</summary>
    public static IReadOnlyList<string> Tally(IReadOnlyList<string> what, Contribution added, int most)
    {
        var name = added.Size is null ? added.ResourceType : $"{added.ResourceType} {added.Size}";
        for (var i = 0; i < what.Count; i++)
        {
            var at = what[i].IndexOf(Times, StringComparison.Ordinal);
            if (at > 0 && what[i].AsSpan(at + Times.Length).SequenceEqual(name) && decimal.TryParse(what[i].AsSpan(0, at), CultureInfo.InvariantCulture, out var count))
            {
                var counted = what.ToArray();
                counted[i] = Line(Math.Min(count, 1e12m) + added.Quantity, name);
                return counted;
            }
        }

        return what.Count >= most ? what : [.. what, Line(added.Quantity, name)];
    }

    private static string Line(decimal count, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Min(count, 1e12m):0.##}{Times}{name}");

    private static string Price(AnomalyCase anomaly) => (anomaly.UsdPerHour, anomaly.OneTimeUsd) switch
    {
        ( > 0, > 0) => $"{Dollars((double)anomaly.UsdPerHour)}/h and {Dollars((double)anomaly.OneTimeUsd)} at once",
        (_, > 0) => $"{Dollars((double)anomaly.OneTimeUsd)} at once",
        _ => $"{Dollars((double)anomaly.UsdPerHour)}/h",
    };

    /// <summary>What is usual, from the strongest component that has a history; as a rate, to compare with the price.</summary>
    private static string Usual(IReadOnlyList<ScoreComponent> components)
    {
        var sized = components.FirstOrDefault(component => component is { Mean: not null, Count: >= 1 });
        return sized is null ? "" : $", usually {Dollars(sized.Mean!.Value / 24)}/h";
    }

    private static string News(IReadOnlyList<ScoreComponent> components) =>
        components.FirstOrDefault(component => component is { Name: "novelty", Value: > 0, Text: not Novelty.NothingNew }) is { } novelty ? $" ({novelty.Text})" : "";

    private static string Dollars(double usd) => usd switch
    {
        >= 100 => string.Create(CultureInfo.InvariantCulture, $"${usd:#,0}"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"${usd:0.#}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"${usd:0.###}"),
    };
}
