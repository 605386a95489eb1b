using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.App.Shell;
using Marten;

namespace DdocCost.App.Sources;

/// <summary>Reads what the page of accounts shows.</summary>
public sealed class AccountReader(IDocumentStore store, IntakeStore intake)
{
    /// <summary>All connected accounts of a tenant, and watched folders, with how their sources do.</summary>
    public async Task<AccountsView> ReadAsync(Sight sight, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(sight.TenantId);
        var accounts = await session.Query<ConnectedAccount>().Seen(sight, account => account.AccountId).OrderBy(account => account.Name).ToListAsync(cancellationToken);
        var statuses = (await session.Query<SourceStatus>().ToListAsync(cancellationToken)).ToDictionary(status => status.Id);
        var tallies = await intake.TalliesAsync(sight.TenantId, cancellationToken);
        return new AccountsView(
            [.. accounts.Select(account => new AccountRow(account, [.. account.Sources.Select(source => Row(account.IdOf(source), source.Kind, source.Place, source))]))],
            [.. statuses.Keys.Where(id => sight.SeesAll && id.StartsWith("folder:", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(id => Row(id, "Watched folder", id["folder:".Length..], null))]);

        SourceRow Row(string id, string kind, string place, TrailSource? source) => new(kind, place, source, statuses.GetValueOrDefault(id), tallies.GetValueOrDefault(id));
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Accounts">By name.</param>
/// <param name="Folders">Watched folders, which belong to no account.</param>
public sealed record AccountsView(IReadOnlyList<AccountRow> Accounts, IReadOnlyList<SourceRow> Folders);

/// <summary>A connected account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Sources">Its sources.</param>
public sealed record AccountRow(ConnectedAccount Account, IReadOnlyList<SourceRow> Sources);

/// <summary>A source and how it does.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Place">What it reads.</param>
/// <param name="Source">Its settings; null for a watched folder.</param>
/// <param name="Status">How it does; null where nobody looked yet.</param>
/// <param name="Tally">What it brought; null for nothing yet.</param>
public sealed record SourceRow(string Kind, string Place, TrailSource? Source, SourceStatus? Status, SourceTally? Tally)
{
    /// <summary>Its state in a word or two.</summary>
    public string State => (Source?.IsPaused, Status?.State) switch
    {
        (true, _) => "paused",
        (_, null) => "not begun",
        (_, SourceState.Paused) => "resuming",
        (_, SourceState.CatchingUp) => "catching up",
        (_, SourceState.HeldBack) => "waits for scoring",
        (_, SourceState.Failing) => "fails",
        _ => Status!.Error is null ? "reading" : "reading, with a problem",
    };

    /// <summary>Whether it does what it should.</summary>
    public bool? IsWell => State switch { "fails" or "reading, with a problem" => false, "reading" or "catching up" => true, _ => null };
}
