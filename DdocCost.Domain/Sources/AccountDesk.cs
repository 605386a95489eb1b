using DdocCost.Domain.Audit;
using DdocCost.Domain.Storage;
using JasperFx;
using Marten;
using Marten.Exceptions;

namespace DdocCost.Domain.Sources;

/// <summary>The one place where connected accounts are changed.</summary>
public sealed class AccountDesk(IDocumentStore documents, ISecretBox secrets, TimeProvider clock)
{
    /// <summary>Connects an account.</summary>
    /// <param name="tenantId">Tenant.</param>
    /// <param name="account">The account; its <see cref="ConnectedAccount.Id"/> is given here.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The account as stored, or what is wrong with it.</returns>
    public async Task<AccountOutcome> ConnectAsync(string tenantId, ConnectedAccount account, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = documents.LightweightSession(tenantId);
        // One connection an account number: two would read the same things twice.
        var id = account.AccountId;
        if (await session.LoadAsync<ConnectedAccount>(id, cancellationToken) is { } known)
        {
            return new([$"Account: {id} is connected already, as {known.Name}."]);
        }

        var connected = account with { Id = id, ConnectedAt = clock.GetUtcNow(), ConnectedBy = by.Name, Version = 0 };
        return await StoreAsync(session, connected, by, "account.connect", cancellationToken);
    }

    /// <summary>Changes an account.</summary>
    /// <param name="tenantId">Tenant.</param>
    /// <param name="id">Which.</param>
    /// <param name="change">What becomes of it; may be asked twice where somebody else changes it at the same time.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="what">What it is for the log of changes, such as <c>source.pause</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<AccountOutcome> ChangeAsync(
        string tenantId, string id, Func<ConnectedAccount, ConnectedAccount> change, Speaker by, string what, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var session = documents.LightweightSession(tenantId);
            if (await session.LoadAsync<ConnectedAccount>(id, cancellationToken) is not { } account)
            {
                return AccountOutcome.NotFound;
            }

            try
            {
                return await StoreAsync(session, change(account), by, what, cancellationToken);
            }
            catch (ConcurrencyException) when (attempt < 5)
            {
                // Somebody else was faster: the change is made to what they left.
            }
        }
    }

    /// <summary>Disconnects an account. What was read of it stays.</summary>
    public async Task DisconnectAsync(string tenantId, string id, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = documents.LightweightSession(tenantId);
        session.Store(AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, "account.disconnect", $"account/{id}"));
        session.Delete<ConnectedAccount>(id);
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Seals a secret access key for <see cref="AwsAccess.AccessKeys"/>.</summary>
    public SealedAccessKey Seal(string accessKeyId, string secret) =>
        new(accessKeyId.Trim(), secrets.Protect(SealedAccessKey.Purpose, secret.Trim()), clock.GetUtcNow());

    private async Task<AccountOutcome> StoreAsync(
        IDocumentSession session, ConnectedAccount account, Speaker by, string what, CancellationToken cancellationToken)
    {
        if (ConnectedAccountRules.Problems(account) is { Count: > 0 } problems)
        {
            return new(problems);
        }

        session.UpdateRevision(account, account.Version + 1);
        session.Store(AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, what, $"account/{account.AccountId}", account.Name));
        await session.SaveChangesAsync(cancellationToken);
        return new(account);
    }
}

/// <summary>What became of a change.</summary>
public sealed record AccountOutcome
{
    /// <summary>There is no such account.</summary>
    public static readonly AccountOutcome NotFound = new(["There is no such account."]);

    /// <summary>It was refused.</summary>
    public AccountOutcome(IReadOnlyList<string> problems) => Problems = problems;

    /// <summary>It was stored.</summary>
    public AccountOutcome(ConnectedAccount account) => Account = account;

    /// <summary>The account as stored; null where it was refused.</summary>
    public ConnectedAccount? Account { get; }

    /// <summary>What is wrong, each as a sentence; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems { get; } = [];
}
