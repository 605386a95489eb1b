using DdocCost.Domain.Governance;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using DdocCost.Jobs.Live;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Zombies;

/// <summary>
/// Scans one account: regions, then for each region the facts of every kind, then the judgement. What cannot be scanned is said, and what was found
/// there before stays. Interrupted anywhere, it goes on with what is stored. It only ever reads.
/// </summary>
internal sealed class AccountHunt(
    HuntStore store, AwsClients clients, RegionHunt judge, BirthFinder births, IEnumerable<IBilledCosts> bills, ILivePublisher live, IPanicSwitch panic, IOptions<HuntOptions> options, TimeProvider clock, ILogger<AccountHunt> log)
{
    private const string InPanic = "stopped: panic mode is on";

    /// <summary>Runs, or goes on with, a scan whose record is stored.</summary>
    /// <returns>The record as it ended; null where there is no such scan or it is over.</returns>
    /// <exception cref="OperationCanceledException">The process stops; the scan goes on later.</exception>
    public async Task<HuntRun?> RunAsync(string tenant, string runId, CancellationToken cancellationToken)
    {
        var run = await store.LoadAsync<HuntRun>(tenant, runId, cancellationToken);
        if (run is null || run.State != HuntState.Running)
            return null;
        run = run with { Starts = run.Starts + 1 };
        await store.SaveAsync(tenant, [run], cancellationToken);
        var (settings, changed) = await store.SettingsAsync(tenant, cancellationToken);
        var before = await store.UsdThisMonthAsync(tenant, run, clock.GetUtcNow(), cancellationToken);
        var meter = new HuntMeter(Math.Max(0, Math.Min(settings.MostUsdPerScan - run.Usd, settings.MostUsdPerMonth - run.Usd - before)));
        var progress = new HuntProgress(tenant, run, meter, store, live, clock);
        HuntRun ended;
        try
        {
            ended = await ScanAsync(tenant, run, settings, changed, meter, progress, cancellationToken);
        }
        catch (StoppedException stop)
        {
            ended = progress.Record() with { State = HuntState.Cancelled, Note = stop.Message };
        }
        catch (PanicException)
        {
            ended = progress.Record() with { State = HuntState.Cancelled, Note = InPanic };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await store.SaveAsync(tenant, [progress.Record() with { FoundByRule = run.FoundByRule, Findings = run.Findings, Resources = run.Resources }], CancellationToken.None);
            throw;
        }

        ended = ended with { FinishedAt = clock.GetUtcNow() };
        await store.EndAsync(tenant, ended, cancellationToken);
        await progress.TellAsync();
        HuntLog.Ended(log, ended.AccountId, ended.State, ended.Resources, ended.Findings, ended.Gaps.Count, ended.Usd);
        return ended;
    }

    private async Task<HuntRun> ScanAsync(
        string tenant, HuntRun run, HuntSettings settings, IReadOnlyDictionary<string, RuleSetting> changed, HuntMeter meter, HuntProgress progress, CancellationToken cancellationToken)
    {
        if (await store.AccountAsync(tenant, run.ConnectionId, cancellationToken) is not { } account)
            return progress.Record() with { State = HuntState.Failed, Note = "the account is not connected any more" };
        var rules = RuleCatalogue.All.Where(run.Scope.Includes).ToList();
        // Rules that are off are judged too, so that what they found goes; but nothing is collected for them.
        var asked = rules.Where(rule => changed.GetValueOrDefault(rule.Id)?.IsOn != false).ToList();
        var lost = new LostAccess();
        var regions = await RegionsAsync(tenant, account, asked, settings, meter, progress, lost, cancellationToken);
        if (lost.Why is { } nothing)
            return progress.Record() with { State = HuntState.Failed, Note = nothing };
        var done = await store.PartsAsync(tenant, run.Id, cancellationToken);
        var trail = await store.TrailAsync(tenant, run.AccountId, cancellationToken);
        var billed = await BilledAsync(tenant, account, settings, meter, cancellationToken);
        progress.Expect(regions.Scanned.Sum(region => region.Kinds.Count + 1));
        await Parallel.ForEachAsync(
            regions.Scanned, new ParallelOptions { MaxDegreeOfParallelism = options.Value.RegionsAtATime, CancellationToken = cancellationToken },
            async (region, token) =>
            {
                if (done.TryGetValue((region.Name, ScanPart.Judged), out var judged))
                {
                    progress.Judged(judged);
                    foreach (var _ in region.Kinds)
                        await progress.DoneAsync(null, token);
                    await progress.DoneAsync(null, token);
                    foreach (var part in done.Values.Where(part => part.Region == region.Name && part.Why is not null))
                        progress.Missed(new ScanGap(part.Region, part.Kind, part.Why!));
                    return;
                }

                var facts = await CollectAsync(tenant, run, account, region, done, meter, progress, lost, token);
                await StopAsync(tenant, run, token); // what was found of an account that is gone is not kept
                var source = new AwsRegionSource(clients.For(tenant, account, region.Name), births, meter);
                progress.Judged(await judge.JudgeAsync(tenant, run, source, facts, rules, trail, billed, clock.GetUtcNow(), token));
                await progress.DoneAsync(null, token);
            });
        return progress.Record() with { State = HuntState.Finished, SkippedRegions = regions.Skipped, SkippedServices = regions.SkippedServices, Note = lost.Why };
    }

    private async Task<BilledCosts?> BilledAsync(string tenant, ConnectedAccount account, HuntSettings settings, HuntMeter meter, CancellationToken cancellationToken)
    {
        foreach (var bill in bills)
        {
            if (await bill.ReadAsync(tenant, account.AccountId, cancellationToken) is { } billed)
                return billed;
        }

        var home = AwsPartition.Find(account.Partition)?.GlobalRegion ?? account.Regions[0];
        return settings.AsksForBill && account.Partition == AwsPartition.Commercial.Id
            ? await BillReader.ReadAsync(clients.For(tenant, account, home), clock.GetUtcNow(), meter, cancellationToken) : null;
    }

    private async Task<RegionFacts> CollectAsync(
        string tenant, HuntRun run, ConnectedAccount account, ScannedRegion region, IReadOnlyDictionary<(string Region, string Kind), ScanPart> done,
        HuntMeter meter, HuntProgress progress, LostAccess lost, CancellationToken cancellationToken)
    {
        var facts = new RegionFacts();
        await Parallel.ForEachAsync(
            region.Kinds, new ParallelOptions { MaxDegreeOfParallelism = options.Value.KindsAtATime, CancellationToken = cancellationToken },
            async (kind, token) =>
            {
                var part = done.ContainsKey((region.Name, kind.Name)) && await store.LoadAsync<ScanPart>(tenant, $"{run.Id}/{region.Name}/{kind.Name}", token) is { } kept
                    ? kept
                    : await CollectAsync(tenant, run, account, region.Name, kind, meter, lost, token);
                lock (facts)
                    _ = part.Why is { } why ? facts.Fail(kind, why) : facts.Add(kind, part.Resources);
                await progress.DoneAsync(part.Why is null ? null : new ScanGap(region.Name, kind.Name, part.Why), token);
            });
        return facts;
    }

    private async Task<ScanPart> CollectAsync(
        string tenant, HuntRun run, ConnectedAccount account, string region, FactKind kind, HuntMeter meter, LostAccess lost, CancellationToken cancellationToken)
    {
        await StopIfAskedAsync(tenant, run, lost, cancellationToken);
        var part = new ScanPart { Id = $"{run.Id}/{region}/{kind.Name}", RunId = run.Id, Region = region, Kind = kind.Name };
        if (lost.Why is { } already)
            return part with { Why = already }; // not stored: another start may have access again
        try
        {
            var reader = new RegionReader(clients.For(tenant, account, region), kind, meter, cancellationToken);
            var resources = await CollectorCatalogue.Of(kind).Collect(reader).Where(resource => resource is not null).Select(resource => resource!).ToListAsync(cancellationToken);
            part = part with { Resources = [.. resources.DistinctBy(resource => resource.Id)] };
        }
        catch (Exception error) when (Unanswered.Words(error) is not null && !cancellationToken.IsCancellationRequested)
        {
            HuntLog.NotScanned(log, run.AccountId, region, kind.Name, Unanswered.Words(error)!);
            if (lost.Notice(error))
                return part with { Why = lost.Why };
            part = part with { Why = Unanswered.Words(error) };
        }

        if (part.Resources.Count > 0 || part.Why is not null) // nothing is quicker asked for again than kept
            await store.SaveAsync(tenant, [part], cancellationToken);
        return part;
    }

    private async Task<(IReadOnlyList<ScannedRegion> Scanned, IReadOnlyList<string> Skipped, IReadOnlyList<string> SkippedServices)> RegionsAsync(
        string tenant, ConnectedAccount account, IReadOnlyList<ZombieRule> rules, HuntSettings settings, HuntMeter meter, HuntProgress progress, LostAccess lost, CancellationToken cancellationToken)
    {
        var home = AwsPartition.Find(account.Partition)?.GlobalRegion ?? account.Regions[0];
        IReadOnlyList<string> enabled = account.Regions;
        try
        {
            meter.Count("ec2:DescribeRegions");
            var answer = new Wire(await clients.For(tenant, account, home).QueryAsync(HuntOperations.Find("ec2:DescribeRegions").Operation, [], cancellationToken));
            var told = RegionReader.Expect("ec2:DescribeRegions", answer, "regionInfo").All.Select(region => region.Text("regionName")).OfType<string>().ToList();
            if (told.Count > 0)
                enabled = told;
        }
        catch (Exception error) when (Unanswered.Words(error) is not null && !cancellationToken.IsCancellationRequested)
        {
            if (lost.Notice(error))
                return ([], [], []);
            progress.Missed(new ScanGap("", "", $"which regions are enabled is not known, so only {string.Join(", ", account.Regions)} were looked at: {Unanswered.Words(error)}"));
        }

        var spend = settings.SkipsRegionsWithoutSpend && account.Partition == AwsPartition.Commercial.Id
            ? await SpendReader.ReadAsync(clients.For(tenant, account, home), clock.GetUtcNow(), meter, cancellationToken) : null;
        var skipped = spend is null ? [] : enabled.Where(region => !spend.In(region)).ToList();
        var left = (
            from region in enabled.Except(skipped)
            from service in rules.Where(rule => rule.Kind.OnlyIn is null).Select(rule => rule.Kind.Service).Distinct()
            where spend is not null && settings.SkipsServicesWithoutSpend && !spend.For(service, region)
            select (Region: region, Service: service)).ToHashSet();
        var scanned = enabled
            .Select(region => new ScannedRegion(region, [.. rules
                .Where(rule => !left.Contains((region, rule.Kind.Service)))
                .SelectMany(rule => rule.Reads).Distinct()
                .Where(kind => kind.OnlyIn is null ? !skipped.Contains(region) : kind.OnlyIn == region)]))
            .Where(region => region.Kinds.Count > 0)
            .OrderBy(region => region.Name, StringComparer.Ordinal).ToList();
        var everywhere = enabled.Count - skipped.Count;
        return (scanned, skipped, [.. left.GroupBy(one => one.Service).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.Count() == everywhere ? one.Key : $"{one.Key} ({string.Join(", ", one.Select(part => part.Region).Order(StringComparer.Ordinal))})")]);
    }

    /// <summary>Between two parts: has somebody asked to stop, is panic mode on, is the account still connected?</summary>
    private async Task StopIfAskedAsync(string tenant, HuntRun run, LostAccess lost, CancellationToken cancellationToken)
    {
        if (lost.IsTimeToLook(clock))
            await StopAsync(tenant, run, cancellationToken);
    }

    private async Task StopAsync(string tenant, HuntRun run, CancellationToken cancellationToken)
    {
        if (await store.LoadAsync<HuntCancellation>(tenant, run.Id, cancellationToken) is { } cancellation)
            throw new StoppedException($"stopped by {cancellation.By}");
        if ((await panic.ReadAsync(cancellationToken)).IsOn)
            throw new StoppedException(InPanic);
        if (await store.AccountAsync(tenant, run.ConnectionId, cancellationToken) is null)
            throw new StoppedException("stopped: the account is not connected any more");
    }

    private sealed record ScannedRegion(string Name, IReadOnlyList<FactKind> Kinds);

    /// <summary>The scan ends before its end.</summary>
    private sealed class StoppedException(string why) : Exception(why);

    /// <summary>Whether access to the account was lost for good, so that nothing else need be tried, and when to look whether to go on.</summary>
    private sealed class LostAccess
    {
        private long lookedAt;

        public string? Why { get; private set; }

        /// <summary>Whether half a second has passed since the last look at whether to go on.</summary>
        public bool IsTimeToLook(TimeProvider clock)
        {
            var last = Interlocked.Read(ref lookedAt);
            return (last == 0 || clock.GetElapsedTime(last) > TimeSpan.FromMilliseconds(500))
                && Interlocked.CompareExchange(ref lookedAt, clock.GetTimestamp(), last) == last;
        }

        /// <summary>Takes note of an error; true where it says that access is lost.</summary>
        public bool Notice(Exception error)
        {
            // "AuthFailure" is also what a region says that is not enabled.
            if (error is not (NoCredentialsException or AwsException { IsExpired: true } or AwsException { IsBadCredentials: true, Code: not "AuthFailure" }))
                return false;
            Why ??= Unanswered.Words(error);
            return true;
        }
    }
}
