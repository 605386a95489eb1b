using DdocCost.App.Shell;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Sources;
using Marten;

namespace DdocCost.App.Sources.Connect;

/// <summary>Reads what has come of an account so far. The latest of each kind: walking the index on time, it costs the same with any history.</summary>
public sealed class FirstEventReader(IDocumentStore store, AccountReader accounts)
{
    /// <summary>Reads it.</summary>
    /// <param name="sight">Who looks.</param>
    /// <param name="accountId">Account number.</param>
    /// <param name="isOrganization">Whether events of any account count.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ConnectView> ReadAsync(Sight sight, string accountId, bool isOrganization, CancellationToken cancellationToken)
    {
        var view = await accounts.ReadAsync(sight, cancellationToken);
        if (accountId.Length == 0)
        {
            return new ConnectView(view.Accounts, Event: null, Priced: null);
        }

        await using var session = store.QuerySession(sight.TenantId);
        var events = session.Query<CostEvent>().Seen(sight, e => e.AccountId);
        events = (isOrganization ? events : events.Where(e => e.AccountId == accountId)).OrderByDescending(e => e.Time);
        return new ConnectView(
            view.Accounts, await events.FirstOrDefaultAsync(cancellationToken), await events.Where(e => e.Costed.UsdPerHour > 0).FirstOrDefaultAsync(cancellationToken));
    }
}

/// <summary>What the page of connecting shows of the world.</summary>
/// <param name="Accounts">The connected accounts and their sources.</param>
/// <param name="Event">The latest event that costs, or was refused; null for none yet.</param>
/// <param name="Priced">The latest that has a price and adds to what is spent; null for none yet.</param>
public sealed record ConnectView(IReadOnlyList<AccountRow> Accounts, CostEvent? Event, CostEvent? Priced)
{
    /// <summary>An account's row; null where it is not connected.</summary>
    public AccountRow? Find(string accountId) => Accounts.FirstOrDefault(row => row.Account.AccountId == accountId.Trim());
}
