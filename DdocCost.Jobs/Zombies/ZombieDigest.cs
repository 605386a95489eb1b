using System.Globalization;
using DdocCost.Domain.Access;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Wording;
using DdocCost.Domain.Zombies;
using Marten;

namespace DdocCost.Jobs.Zombies;

/// <summary>The zombies in a digest: what they cost together, which are new since the last one, and the dearest.</summary>
internal sealed class ZombieDigest(IDocumentStore store) : IDigestSection
{
    private const int MostLines = 5;

    /// <inheritdoc/>
    public async Task<DigestSection?> ReadAsync(Sight sight, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        return Of((await session.Query<ZombieFinding>().Where(finding => finding.State == FindingState.Confirmed).ToListAsync(cancellationToken)).Where(finding => sight.Sees(finding.AccountId)), from, to);
    }

    /// <summary>The section; null where nothing is confirmed. New ones first, each part dearest first; what another finding holds is not counted twice.</summary>
    internal static DigestSection? Of(IEnumerable<ZombieFinding> findings, DateTimeOffset from, DateTimeOffset to)
    {
        var zombies = findings
            .Where(finding => finding is { IsZombie: true, CountedIn: null } && finding.ConfirmedAt < to)
            .OrderByDescending(IsNew).ThenByDescending(finding => finding.CountedUsdPerMonth).ThenBy(finding => finding.Id, StringComparer.Ordinal).ToList();
        if (zombies.Count == 0)
            return null;
        var fresh = zombies.Count(IsNew);
        var title = string.Create(CultureInfo.InvariantCulture, $"Zombies: {Usd.Format(zombies.Sum(finding => finding.CountedUsdPerMonth))} a month, {Usd.Count(zombies.Count)} in all, {Usd.Count(fresh)} new");
        return new DigestSection(title, [.. zombies.Take(MostLines).Select(Line)], Math.Max(0, zombies.Count - MostLines));

        bool IsNew(ZombieFinding finding) => finding.ConfirmedAt >= from;

        DigestLine Line(ZombieFinding finding) => new(
            $"{(IsNew(finding) ? "New: " : "")}{finding.Title}: {finding.Name ?? finding.ResourceId} in {finding.Region}{(finding.Birth is { } birth ? $", made by {birth.ActorName}" : "")}",
            finding.Saving.UsdPerMonth is { } usd ? $"{(finding.Saving.IsCeiling ? "at most " : "")}{Usd.Format(usd)} a month" : "price not known");
    }
}
