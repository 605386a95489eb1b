using System.Globalization;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Wording;

namespace DdocCost.Domain.Notify.Digests;

/// <summary>Writes a digest from facts. Pure; the page's preview, mails and chats show what it writes.</summary>
public static class DigestWriter
{
    private const int MostCases = 8;
    private const int MostNames = 3;
    private const decimal WorthSaying = 0.01m;

    /// <summary>Writes it.</summary>
    public static Digest Write(DigestFacts facts)
    {
        DigestSection?[] sections =
        [
            Cases("New cases", facts.Opened, anomaly => Usd.PerHour(anomaly.PeakUsdPerHour)),
            Cases("Closed cases", facts.Closed, Ended),
            Names("Who added most", facts.Actors), Names("Services that grew most", facts.Services), Names("Accounts that grew most", facts.Accounts),
            .. facts.Others,
            Section("Not priced", [.. facts.Unpriced.Select(gap => new DigestLine(gap.Name, gap.Events == 1 ? "1 event" : $"{Usd.Count(gap.Events)} events"))], MostNames),
            Section("Our own health", [.. facts.Health.Select(line => new DigestLine(line))], MostCases),
        ];
        var said = sections.OfType<DigestSection>().ToList();
        var change = facts.ExposureUsdPerHour - facts.ExposureBeforeUsdPerHour;
        if (said.Count == 0 && Math.Abs(change) < WorthSaying)
        {
            return new Digest($"{Period(facts)}: nothing new, {Usd.PerHour(facts.ExposureUsdPerHour)} running", facts.From, facts.To, facts.TimeZone, [], []);
        }

        return new Digest(Title(facts), facts.From, facts.To, facts.TimeZone, Figures(facts, change), said) { ExposureByHour = facts.ExposureByHour };
    }

    private static string Title(DigestFacts facts) =>
        $"{Period(facts)}: {Usd.PerHour(facts.ExposureUsdPerHour)} running, {Count(facts.Opened.Count, "new case")}, {facts.Closed.Count} closed";

    private static string Period(DigestFacts facts)
    {
        var zone = ZonedTime.Of(facts.TimeZone);
        var (from, to) = (TimeZoneInfo.ConvertTime(facts.From, zone), TimeZoneInfo.ConvertTime(facts.To, zone));
        // A day of 23 or 25 hours is a day.
        return (to - from).TotalHours <= 25
            ? string.Create(CultureInfo.InvariantCulture, $"Day to {to:dddd, d MMMM, HH:mm}")
            : string.Create(CultureInfo.InvariantCulture, $"{from:d MMMM} to {to:d MMMM}");
    }

    private static DigestFigure[] Figures(DigestFacts facts, decimal change)
    {
        var spent = facts.Closed.Sum(anomaly => anomaly.SpentUntil(anomaly.ClosedAt ?? facts.To));
        var avoided = facts.Closed.Sum(anomaly => anomaly.Avoided() ?? 0);
        return
        [
            new("Running", Usd.PerHour(facts.ExposureUsdPerHour), $"{(change < 0 ? "" : "+")}{Usd.PerHour(change)}"),
            new("New cases", Usd.Count(facts.Opened.Count)),
            new("Closed cases", Usd.Count(facts.Closed.Count), facts.Closed.Count > 0 ? $"spent {Usd.Format(spent)}" : ""),
            .. avoided > 0 ? [new DigestFigure("Avoided", Usd.Format(avoided))] : Array.Empty<DigestFigure>(),
        ];
    }

    private static DigestSection? Cases(string title, IReadOnlyList<AnomalyCase> cases, Func<AnomalyCase, string> value) =>
        Section(title, [.. cases.Select(anomaly => new DigestLine(anomaly.Title, value(anomaly), anomaly.Id))], MostCases);

    private static DigestSection? Names(string title, IReadOnlyList<(string Name, decimal UsdPerHour)> names) =>
        Section(title, [.. names.Where(pair => pair.UsdPerHour >= WorthSaying).Select(pair => new DigestLine(pair.Name, $"+{Usd.PerHour(pair.UsdPerHour)}"))], MostNames);

    private static DigestSection? Section(string title, IReadOnlyList<DigestLine> lines, int most) =>
        lines.Count == 0 ? null : new DigestSection(title, [.. lines.Take(most)], Math.Max(0, lines.Count - most));

    private static string Ended(AnomalyCase anomaly)
    {
        var spent = $"spent {Usd.Format(anomaly.SpentUntil(anomaly.ClosedAt ?? anomaly.LastEventAt))}";
        return anomaly.Avoided() is > 0 and var avoided ? $"{spent}, avoided {Usd.Format(avoided)}" : spent;
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
