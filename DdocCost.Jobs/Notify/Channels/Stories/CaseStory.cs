using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Wording;
using static DdocCost.Jobs.Notify.Channels.Stories.StoryTeller;

namespace DdocCost.Jobs.Notify.Channels.Stories;

/// <summary>Tells of a case: who, what, where, dollars, why it is odd, what people decided, what ends it, how fast we knew.</summary>
internal static class CaseStory
{
    private const int MostHours = 24;
    private const int MostCommands = 8;
    private const int ChartPoints = 49;

    public static Story Tell(CaseNotice notice, DateTimeOffset now, Uri? pages)
    {
        var anomaly = notice.Case;
        return new Story
        {
            Kind = KindOf(notice),
            Tone = notice is CaseClosed ? anomaly.End == CaseEnd.Stopped ? Tone.Good : Tone.Calm : ToneOf(anomaly.Severity),
            Headline = Line(anomaly.Title),
            Lead = LeadOf(notice),
            News = NewsOf(notice),
            Facts = [.. FactsOf(notice, now)],
            Sections = [.. Sections(notice)],
            Undo = notice.Undo is { Commands.Count: > 0 } plan && notice is not CaseClosed ? plan with { Commands = [.. plan.Commands.Take(MostCommands)] } : null,
            CaseId = anomaly.Id,
            IsOpen = notice is not CaseClosed && !anomaly.IsClosed,
            Link = CasePage(pages, anomaly.Id),
            Footer = Known(notice.Known, now),
            Chart = notice is CaseClosed || anomaly.RateAt(now) <= 0 ? null : ChartOf(anomaly, now),
        };
    }

    /// <summary>What it has cost, and what it will have cost in a day.</summary>
    private static StoryChart ChartOf(AnomalyCase anomaly, DateTimeOffset now)
    {
        var begin = anomaly.StartedAt < now ? anomaly.StartedAt : now.AddHours(-1);
        var step = (now.AddHours(MostHours) - begin) / (ChartPoints - 1);
        var moments = Enumerable.Range(0, ChartPoints).Select(i => begin + (step * i)).ToList();
        var spent = anomaly.SpentAt(now);
        return new StoryChart(
            $"Spent so far {Usd.Format(spent)}; in 24 hours {Usd.Format(spent + anomaly.IfLeft(now, TimeSpan.FromHours(MostHours)))} if nobody acts",
            [.. moments.Select(moment => moment <= now ? SpentBefore(moment) : spent + anomaly.IfLeft(now, moment - now))],
            Math.Max(1, moments.Count(moment => moment <= now)), Moment(begin), Moment(now.AddHours(MostHours)));

        // A case keeps its sum, not its course: it is drawn as if it had grown evenly.
        decimal SpentBefore(DateTimeOffset moment) => now <= begin ? spent : spent * (decimal)((moment - begin) / (now - begin));
    }

    /// <summary>The colour of a severity.</summary>
    internal static Tone ToneOf(Severity severity) => severity switch
    {
        Severity.Critical => Tone.Critical,
        Severity.Warning => Tone.Warning,
        _ => Tone.Calm,
    };

    private static string KindOf(CaseNotice notice) => notice switch
    {
        CaseOpened => "case.opened",
        CaseEscalated => "case.escalated",
        CaseClosed => "case.closed",
        _ => "case.changed",
    };

    private static string LeadOf(CaseNotice notice) => notice switch
    {
        CaseClosed { Case.End: CaseEnd.Expected } => "Closed: somebody said that it is expected. It may still run.",
        CaseClosed { Case.End: CaseEnd.Wrong } => "Closed: somebody said that it was a false alarm. It may still run.",
        CaseClosed => "Everything it started has stopped.",
        CaseEscalated escalated => Line($"Told again: {escalated.Reason}."),
        _ => "",
    };

    private static string NewsOf(CaseNotice notice) => notice switch
    {
        CaseEscalated escalated => Line(escalated.Reason),
        CaseChanged changed => Line(changed.What),
        CaseClosed { AvoidedUsd: > 0 and var avoided } closed => $"Over. It cost {Usd.Format(closed.SpentUsd)}; {Usd.Format(avoided)} avoided.",
        CaseClosed { Case.End: CaseEnd.Stopped } closed => $"Over. It cost {Usd.Format(closed.SpentUsd)}.",
        CaseClosed closed => $"Closed. It had cost {Usd.Format(closed.SpentUsd)}.",
        _ => "",
    };

    private static IEnumerable<Fact> FactsOf(CaseNotice notice, DateTimeOffset now)
    {
        var anomaly = notice.Case;
        if (notice is CaseClosed closed)
        {
            yield return new Fact(anomaly.End == CaseEnd.Stopped ? "Cost in all" : "Cost until then", Usd.Format(closed.SpentUsd));
            if (closed.AvoidedUsd is > 0 and var avoided)
            {
                yield return new Fact("Avoided", $"{Usd.Format(avoided)}, against leaving it alone for 30 days");
            }

            yield return new Fact("At its peak", Usd.PerHour(anomaly.PeakUsdPerHour));
            yield return new Fact("Lasted", Span((anomaly.ClosedAt ?? now) - anomaly.StartedAt));
        }
        else
        {
            yield return new Fact("Costs now", Usd.PerHour(anomaly.RateAt(now)));
            yield return new Fact("Spent so far", Usd.Format(anomaly.SpentAt(now)));
            if (anomaly.RateAt(now) > 0)
            {
                yield return new Fact("If left", $"{Usd.Format(anomaly.IfLeft(now, TimeSpan.FromHours(MostHours)))} in 24 hours, {Usd.Format(anomaly.IfLeft(now, TimeSpan.FromDays(30)))} in 30 days");
            }
        }

        yield return new Fact("Who", Line(anomaly.ActorIds.Count > 1 ? $"{anomaly.Actor.Name} and {anomaly.ActorIds.Count - 1} more" : anomaly.Actor.Name));
        yield return new Fact("What", Some(anomaly.What, 4));
        yield return new Fact("Where", Line($"{anomaly.AccountId}, {Some(anomaly.Regions, 4)}"));
        yield return new Fact("Since", Moment(anomaly.StartedAt));
        yield return new Fact("Severity", $"{anomaly.Severity}, score {Usd.Score(anomaly.Score)} of 100");
    }

    private static IEnumerable<StorySection> Sections(CaseNotice notice)
    {
        var components = notice.Case.Components.Where(part => part.Score > 0).Take(MostLines).ToList();
        if (components.Count > 0 && notice is not CaseClosed)
        {
            yield return new StorySection("Why", [.. components.Select(Why)]);
        }

        if (notice.Decisions.Count > 0)
        {
            yield return new StorySection("What people did", [.. notice.Decisions.TakeLast(MostLines).Select(remark => new StoryLine(Line($"{remark.Text}, by {remark.By}"), Moment(remark.At)))]);
        }
    }

    private static StoryLine Why(ScoreComponent part)
    {
        var numbers = ScoreText.Numbers(part);
        return new StoryLine(Line(numbers.Length == 0 ? $"{part.Name}: {part.Text}" : $"{part.Name}: {part.Text} ({numbers})"), Usd.Score(part.Score));
    }

    private static string Known(TimeToKnow? known, DateTimeOffset now) => known is null
        ? ""
        : $"Happened {Moment(known.EventAt)}, seen {Span(known.UntilSeen)} later, told {Span(known.FromSeenTo(now))} after that.";
}
