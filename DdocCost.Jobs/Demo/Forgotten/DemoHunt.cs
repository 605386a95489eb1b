using DdocCost.Domain.Ledger;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Demo.Trail;
using DdocCost.Jobs.Zombies;
using Marten;

namespace DdocCost.Jobs.Demo.Forgotten;

/// <summary>
/// Scans the demo's accounts, which AWS does not have: facts and metrics are simulated, all that follows (rules, gates, prices, the life of findings) is what
/// judges real accounts. The first two scans lie back, so that what must be seen so for some days has been.
/// </summary>
public sealed class DemoHunt
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(20);

    private readonly IDocumentStore documents;
    private readonly HuntStore store;
    private readonly RegionHunt judge;
    private readonly TimeProvider clock;

    internal DemoHunt(IDocumentStore documents, HuntStore store, RegionHunt judge, TimeProvider clock) => (this.documents, this.store, this.judge, this.clock) = (documents, store, judge, clock);

    /// <summary>Scans what was not scanned lately.</summary>
    public async Task RunAsync(string tenant, DemoTrail trail, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var account in trail.Accounts)
        {
            await using var session = documents.QuerySession(tenant);
            var last = await session.Query<HuntRun>().Where(run => run.AccountId == account.Id).OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(cancellationToken);
            foreach (var moment in new[] { now.AddDays(-9), now.AddDays(-1), now })
            {
                if (last is null || moment - last.StartedAt >= Between)
                    await ScanAsync(tenant, trail, account, moment, cancellationToken);
            }
        }
    }

    private async Task ScanAsync(string tenant, DemoTrail trail, Account account, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var session = documents.QuerySession(tenant);
        var ledger = await session.Query<RunningResource>().Where(resource => resource.AccountId == account.Id).ToListAsync(cancellationToken);
        var left = trail.Leftovers.Where(left => left.Seen.AccountId == account.Id).ToList();
        var run = new HuntRun
        {
            Id = FormattableString.Invariant($"{account.Id}-{at:yyyyMMddHHmmssfff}"),
            AccountId = account.Id,
            AccountName = account.Kind,
            ConnectionId = "demo",
            StartedAt = at,
            AskedBy = "schedule",
            Note = "a simulated account: nothing was asked of AWS",
        };
        var facts = FactsOf(ledger, left, account, at);
        var source = new DemoRegion(account.Region, account.Seed, [.. left.Where(one => one.IsIdle).Select(one => one.Seen.Id)]);
        var part = await judge.JudgeAsync(tenant, run, source, facts, RuleCatalogue.All, new TrailKnowledge(ledger), null, at, cancellationToken);
        await store.EndAsync(tenant, run with
        {
            State = HuntState.Finished,
            FinishedAt = at.AddSeconds(40),
            Starts = 1,
            PartsDone = facts.Scanned.Count + 1,
            PartsTotal = facts.Scanned.Count + 1,
            Resources = part.Seen,
            Findings = part.FoundByRule.Values.Sum(),
            Unclear = part.Unclear,
            FoundByRule = part.FoundByRule,
        }, cancellationToken);
    }

    /// <summary>What was left behind, among what runs and is used; of every other kind there is nothing.</summary>
    private static RegionFacts FactsOf(IReadOnlyList<RunningResource> ledger, List<Leftover> left, Account account, DateTimeOffset at)
    {
        var ids = left.Select(one => one.Seen.Id).ToHashSet();
        var used = ledger.Where(resource => resource.Region == account.Region && resource.PausedAt is null && resource.Since < at && !ids.Contains(resource.ResourceId) && !resource.Id.Contains('#', StringComparison.Ordinal)).ToLookup(resource => resource.ResourceType);
        var facts = new RegionFacts();
        foreach (var kind in RuleCatalogue.All.SelectMany(rule => rule.Reads).Distinct())
        {
            var there = left.Where(one => one.Kind == kind && !(one.Seen.Created > at)).Select(one => one.Seen);
            facts.Add(kind, [.. there, .. StateInUse(kind) is { } state ? used[kind.Name].Select(resource => Used(kind, resource, state)) : []]);
        }

        return facts;
    }

    private static string? StateInUse(FactKind kind) =>
        kind == Kinds.Instance ? "running" : kind == Kinds.Database ? "available" : kind == Kinds.Volume ? "in-use" : kind == Kinds.ModelEndpoint ? "InService" : null;

    private static Resource Used(FactKind kind, RunningResource known, string state)
    {
        var seen = new Resource
        {
            Kind = kind.Name,
            PricedAs = kind.PricedAs == kind.Name ? null : kind.PricedAs,
            Id = known.ResourceId,
            AccountId = known.AccountId,
            Region = known.Region,
            Name = known.Tags?.GetValueOrDefault("Name"),
            State = state,
            Created = known.Since,
            Size = known.Size,
            Quantity = known.Quantity,
            Traits = known.Traits,
            Owner = known.Owner,
        };
        return kind == Kinds.ModelEndpoint ? seen.Linking("variants", "AllTraffic") : seen;
    }
}
