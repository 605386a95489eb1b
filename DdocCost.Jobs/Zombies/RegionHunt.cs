using DdocCost.Domain.Pricing;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies;

/// <summary>Judges a region once its facts are collected: metrics, rules, the life of findings; stored in one transaction.</summary>
internal sealed class RegionHunt(HuntStore store, LedgerCorrector corrector, CurrentPrices prices)
{
    /// <summary>Judges.</summary>
    /// <param name="tenant">Tenant.</param>
    /// <param name="run">The scan.</param>
    /// <param name="source">Tells of the region what was not collected yet.</param>
    /// <param name="facts">What was collected.</param>
    /// <param name="rules">The rules that are looked at.</param>
    /// <param name="trail">What the trail knows of the account.</param>
    /// <param name="billed">What the account's resources were billed, or null.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ScanPart> JudgeAsync(
        string tenant, HuntRun run, IRegionSource source, RegionFacts facts, IReadOnlyList<ZombieRule> rules, TrailKnowledge trail, BilledCosts? billed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (account, region) = (run.AccountId, source.Region);
        var (settings, changed) = await store.SettingsAsync(tenant, cancellationToken);
        var book = prices.Book;
        var hunter = new Hunter(rules, settings, changed, book);
        var before = await store.SightingsAsync(tenant, account, region, [.. facts.Scanned.Select(kind => kind.Name)], cancellationToken);
        Past PastOf(Resource resource) => trail.PastOf(resource, before.GetValueOrDefault(Sightings.IdOf(account, region, resource.Kind)));

        var gaps = await source.ReadMetricsAsync(hunter.MetricsNeeded(facts, PastOf, now), facts, now, cancellationToken);
        var rulings = hunter.Judge(facts, PastOf, now).Select(ruling => AsBilled(ruling, billed, book)).ToList();
        var findings = Next(await store.FindingsAsync(tenant, account, region, cancellationToken), rulings, facts, rules, now, settings.BetweenSightings);
        findings = await source.CompleteAsync(findings, rulings, trail, cancellationToken);
        var resolved = DoubleCounts.Resolve(findings);

        var part = new ScanPart
        {
            Id = $"{run.Id}/{region}/{ScanPart.Judged}",
            RunId = run.Id,
            Region = region,
            Kind = ScanPart.Judged,
            Seen = facts.Scanned.Sum(kind => facts.Of(kind).Count),
            Unclear = rulings.Count(ruling => ruling is { Stop: null, Answer: { IsYes: false, IsNo: false } }),
            FoundByRule = rulings.Where(ruling => ruling.Answer.IsYes).GroupBy(ruling => ruling.Rule.Id).ToDictionary(found => found.Key, found => found.Count()),
            Gaps = [.. gaps.Select(gap => new ScanGap(region, "metrics", gap))],
        };
        var sightings = facts.Scanned.Select(kind => Sightings.IdOf(account, region, kind.Name) is var id
            ? (before.GetValueOrDefault(id) ?? new Sightings { Id = id }).After(facts.Of(kind), now)
                .Missing(InventoryCorrection.Missing(account, region, kind, facts, trail, run.StartedAt).Select(missing => missing.ResourceId), run.StartedAt) : null!);
        // Before the region counts as judged: killed in between, it is judged again and sends the same records again.
        var correction = !settings.CorrectsLedger || !source.TellsAll ? InventoryCorrection.None : InventoryCorrection.Of(
            account, region, facts, trail, kind => before.GetValueOrDefault(Sightings.IdOf(account, region, kind.Name)), book, run.StartedAt, settings.BetweenSightings);
        await corrector.SendAsync(tenant, run, region, correction, cancellationToken);
        object[] comparison = run.Scope.IsAll && source.TellsAll ? [InventoryComparison.Of(account, region, facts, trail, book, now) with { Entered = correction.Found.Count, Ended = correction.Missed.Count }] : [];
        await store.SaveAsync(tenant, [.. resolved, .. sightings, .. comparison, part], cancellationToken);
        return part;
    }

    private static Ruling AsBilled(Ruling ruling, BilledCosts? billed, PriceBook book) => billed is null || ruling.Sighting is not { } sighting ? ruling
        : ruling with { Sighting = sighting with { Saving = billed.Of(sighting.Saving, ruling.Resource, Suspect.CostOf(ruling.Resource, book).UsdPerHour) } };

    /// <summary>All findings of the region after this scan. Pure.</summary>
    internal static IReadOnlyList<ZombieFinding> Next(
        IReadOnlyList<ZombieFinding> before, IReadOnlyList<Ruling> rulings, RegionFacts facts, IReadOnlyList<ZombieRule> rules, DateTimeOffset now, TimeSpan betweenSightings)
    {
        var ruled = rulings.DistinctBy(ruling => ruling.FindingId).ToDictionary(ruling => ruling.FindingId);
        var looked = rules.ToDictionary(rule => rule.Id);
        var known = before.ToDictionary(finding => finding.Id);
        var seen = ruled.Values.Where(ruling => ruling.Answer.IsYes).Select(ruling => FindingLife.Seen(known.GetValueOrDefault(ruling.FindingId), ruling, now, betweenSightings));
        var others = before.Where(finding => !ruled.TryGetValue(finding.Id, out var ruling) || !ruling.Answer.IsYes).Select(finding => Unseen(finding));
        return [.. seen, .. others];

        ZombieFinding Unseen(ZombieFinding finding)
        {
            if (!looked.TryGetValue(finding.RuleId, out var rule))
                return RuleCatalogue.Find(finding.RuleId) is null ? FindingLife.Gone(finding, now, "its rule is no more") : finding; // this scan did not look at it
            if (ruled.TryGetValue(finding.Id, out var ruling))
            {
                return ruling switch
                {
                    { Stop.Reason: StopReason.KeepTag or StopReason.RuleIsOff or StopReason.Owner } => FindingLife.Gone(finding, now, ruling.Stop.Words),
                    { Stop: null, Answer.IsNo: true } => FindingLife.Gone(finding, now, "the criterion holds no more"),
                    _ => finding,
                };
            }

            return facts.WhyMissing(rule.Kind) is null ? FindingLife.Gone(finding, now, "it is not there any more") : finding;
        }
    }
}
