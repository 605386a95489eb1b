using DdocCost.Domain.Audit;
using DdocCost.Domain.Zombies;
using Marten;

namespace DdocCost.App.Zombies;

/// <summary>Where people decide about findings and rules. Everything is written with an entry in the audit log.</summary>
internal sealed class ZombieDesk(IDocumentStore store, TimeProvider time)
{
    /// <summary>Longest reason, characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Findings decided on at once at most.</summary>
    public const int MostAtOnce = 1000;

    private static readonly TimeSpan longest = TimeSpan.FromDays(366 * 2);

    /// <summary>Keeps findings as they are until a date.</summary>
    /// <returns>How many are kept now.</returns>
    /// <exception cref="ArgumentException">No reason, or a date that has passed or is more than two years away; the message is for a person.</exception>
    public async Task<int> KeepAsync(Sight sight, IReadOnlyCollection<string> ids, string reason, DateTimeOffset until, Speaker by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        reason = reason.Trim();
        if (reason.Length is 0 or > LongestReason)
            throw new ArgumentException($"Say why, in at most {LongestReason} characters.");
        if (until <= now || until > now + longest)
            throw new ArgumentException("Until when? A date from tomorrow to two years from now.");
        return await ChangeAsync(sight, ids, finding => FindingLife.Kept(finding, new Keep(reason, until, by.Name, now)), by, "zombie.keep", FormattableString.Invariant($"until {until:yyyy-MM-dd}: {reason}"), cancellationToken);
    }

    /// <summary>Ends keeping.</summary>
    public Task<int> ReleaseAsync(Sight sight, string id, Speaker by, CancellationToken cancellationToken) =>
        ChangeAsync(sight, [id], finding => FindingLife.Released(finding, by.Name, time.GetUtcNow()), by, "zombie.release", "", cancellationToken);

    /// <summary>Switches a rule or changes its thresholds.</summary>
    /// <exception cref="ArgumentException">A value out of its bounds; the message is for a person.</exception>
    public async Task SetRuleAsync(string tenant, ZombieRule rule, bool isOn, IReadOnlyDictionary<string, double> values, Speaker by, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in values)
        {
            if (rule.Thresholds.FirstOrDefault(threshold => threshold.Name == name) is not { } threshold || !threshold.Allows(value))
                throw new ArgumentException($"{name} must be {(rule.Thresholds.FirstOrDefault(one => one.Name == name) is { } known ? FormattableString.Invariant($"from {known.Least} to {known.Most} {known.Unit}") : "one of the rule's thresholds")}.");
        }

        var changed = values.Where(pair => rule.Thresholds.First(threshold => threshold.Name == pair.Key).Default != pair.Value).ToDictionary();
        var setting = new RuleSetting { Id = rule.Id, IsOn = isOn, Values = changed, ChangedBy = by.Name, ChangedAt = time.GetUtcNow() };
        await using var session = store.LightweightSession(tenant);
        session.Store(setting);
        session.Insert(AuditEntry.Of(time.GetUtcNow(), by.Name, by.Mouth, "zombie-rule.change", $"rule/{rule.Id}", $"{(isOn ? "on" : "off")}{string.Concat(changed.Select(pair => FormattableString.Invariant($", {pair.Key} = {pair.Value}")))}"));
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Changes the tags that keep a resource from being judged.</summary>
    public async Task SetKeepTagsAsync(string tenant, string lines, Speaker by, CancellationToken cancellationToken)
    {
        var tags = lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (tags.Count > 50 || tags.Exists(tag => tag.Length > 380))
            throw new ArgumentException("At most 50 tags, each at most 380 characters.");
        await using var session = store.LightweightSession(tenant);
        var settings = await session.LoadAsync<HuntSettings>(HuntSettings.TheId, cancellationToken) ?? new HuntSettings();
        session.Store(settings with { KeepTags = tags });
        session.Insert(AuditEntry.Of(time.GetUtcNow(), by.Name, by.Mouth, "hunt.keep-tags", "hunt", string.Join(", ", tags)));
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Changes what scans may cost and what they leave out.</summary>
    /// <exception cref="ArgumentException">A value out of its bounds; the message is for a person.</exception>
    public async Task SetHuntAsync(string tenant, Func<HuntSettings, HuntSettings> change, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenant);
        var settings = change(await session.LoadAsync<HuntSettings>(HuntSettings.TheId, cancellationToken) ?? new HuntSettings());
        if (settings.MostUsdPerScan is < 0 or > 1000 || settings.MostUsdPerMonth is < 0 or > 10000)
            throw new ArgumentException("A scan may cost from 0 to 1,000 USD, a month from 0 to 10,000 USD.");
        session.Store(settings);
        session.Insert(AuditEntry.Of(time.GetUtcNow(), by.Name, by.Mouth, "hunt.settings", "hunt", FormattableString.Invariant(
            $"{settings.MostUsdPerScan} USD a scan, {settings.MostUsdPerMonth} USD a month; corrects the ledger: {settings.CorrectsLedger}; leaves out regions without spend: {settings.SkipsRegionsWithoutSpend}, services: {settings.SkipsServicesWithoutSpend}; asks for the bill: {settings.AsksForBill}")));
        await session.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> ChangeAsync(
        Sight sight, IReadOnlyCollection<string> ids, Func<ZombieFinding, ZombieFinding> change, Speaker by, string action, string detail, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(sight.TenantId);
        var findings = await session.LoadManyAsync<ZombieFinding>(cancellationToken, ids.Take(MostAtOnce));
        var changed = findings.Where(finding => sight.Sees(finding.AccountId)).Select(finding => (Before: finding, After: change(finding))).Where(pair => pair.After != pair.Before).ToList();
        foreach (var (_, after) in changed)
        {
            session.Store(after);
            session.Store(AuditEntry.Of(time.GetUtcNow(), by.Name, by.Mouth, action, $"zombie/{after.Id}", detail));
        }

        await session.SaveChangesAsync(cancellationToken);
        return changed.Count;
    }
}
