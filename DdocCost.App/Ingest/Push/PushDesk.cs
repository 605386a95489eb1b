using System.Text.RegularExpressions;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.App.Ingest.Push;

/// <summary>Where administrators make push sources, give them keys and take these away; each change is logged. Another tenant's source is not there.</summary>
internal sealed partial class PushDesk(IDocumentStore store, PushSources known, ISecretBox secrets, TimeProvider clock)
{
    /// <summary>Keys at a time: the one in use, and the next.</summary>
    public const int MostKeys = 2;

    /// <summary>Sources a tenant may have.</summary>
    public const int MostSources = 200;

    /// <summary>What secrets are sealed for.</summary>
    public const string SecretPurpose = "push-signature";

    private const int LongestName = 80;
    private const int MostNamed = 500;

    /// <summary>All sources of a tenant by name.</summary>
    public async Task<IReadOnlyList<PushSource>> ListAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.Query<PushSource>().Where(source => source.TenantId == tenantId).OrderBy(source => source.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a source.</summary>
    /// <returns>It, and its first key in clear, which nobody can see again; null for a topic.</returns>
    /// <exception cref="ArgumentException">What was entered is not right; the message is for a person.</exception>
    public async Task<(PushSource Source, string? Key)> CreateAsync(
        string tenantId, Speaker by, PushDraft draft, CancellationToken cancellationToken)
    {
        var name = draft.Name.Trim();
        Require(name.Length is > 0 and <= LongestName, $"Give it a name of at most {LongestName} characters.");
        Require(draft.Accounts.Count <= MostNamed && draft.Accounts.All(account => AccountId().IsMatch(account)), "An account id has twelve digits; separate several by commas.");
        Require(draft.Kind != PushKind.SnsTopic || draft.Topics.Count is > 0 and <= 50, "Name the topic whose messages are taken.");
        Require(draft.Topics.All(topic => TopicArn().IsMatch(topic)), "A topic's ARN looks like arn:aws:sns:eu-west-1:111122223333:trail.");
        Require((await ListAsync(tenantId, cancellationToken)).Count < MostSources, $"There are {MostSources} push sources; remove one first.");

        var source = new PushSource
        {
            Id = PushSecret.NewId(), TenantId = tenantId, Name = name, Kind = draft.Kind, Accounts = draft.Accounts, Topics = draft.Topics,
            CreatedAt = clock.GetUtcNow(), CreatedBy = by.Name,
        };
        var (withKey, key) = draft.Kind == PushKind.SnsTopic ? (source, null) : WithNewKey(source, draft.Lifetime);
        await StoreAsync(withKey, by, "push.create", cancellationToken);
        return (withKey, key);
    }

    /// <summary>Gives a source a new key; the one in use stays good for a while.</summary>
    /// <param name="tenantId">The source's tenant.</param>
    /// <param name="id">The source.</param>
    /// <param name="by">Who.</param>
    /// <param name="lifetime">How long the new one is good; null for ever.</param>
    /// <param name="overlap">How long the old one is still good.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The key in clear; null where there is no such source.</returns>
    public async Task<string?> RotateAsync(string tenantId, string id, Speaker by, TimeSpan? lifetime, TimeSpan overlap, CancellationToken cancellationToken)
    {
        if (await LoadAsync(tenantId, id, cancellationToken) is not { Kind: not PushKind.SnsTopic } source)
        {
            return null;
        }

        var end = clock.GetUtcNow() + overlap;
        var newest = source.Keys.OrderByDescending(key => key.CreatedAt).Take(MostKeys - 1)
            .Select(key => key.ExpiresAt is { } earlier && earlier < end ? key : key with { ExpiresAt = end });
        var (rotated, key) = WithNewKey(source with { Keys = [.. newest] }, lifetime);
        await StoreAsync(rotated, by, "push.rotate", cancellationToken);
        return key;
    }

    /// <summary>Ends a key at once.</summary>
    public async Task RevokeKeyAsync(string tenantId, string id, string begins, Speaker by, CancellationToken cancellationToken)
    {
        if (await LoadAsync(tenantId, id, cancellationToken) is { } source)
        {
            await StoreAsync(source with { Keys = [.. source.Keys.Where(key => key.Begins != begins)] }, by, "push.revoke-key", cancellationToken);
        }
    }

    /// <summary>Switches a source off or on.</summary>
    /// <returns>Whether there is such a source.</returns>
    public async Task<bool> PauseAsync(string tenantId, string id, bool pause, Speaker by, CancellationToken cancellationToken)
    {
        if (await LoadAsync(tenantId, id, cancellationToken) is not { } source)
        {
            return false;
        }

        await StoreAsync(source with { IsPaused = pause }, by, pause ? "push.pause" : "push.resume", cancellationToken);
        return true;
    }

    /// <summary>Removes a source; what it delivered stays.</summary>
    /// <returns>Whether there was such a source.</returns>
    public async Task<bool> RemoveAsync(string tenantId, string id, Speaker by, CancellationToken cancellationToken)
    {
        if (await LoadAsync(tenantId, id, cancellationToken) is not { } source)
        {
            return false;
        }

        await using var session = store.LightweightSession(tenantId);
        session.Delete(source);
        session.Insert(Entry(source, by, "push.remove"));
        await session.SaveChangesAsync(cancellationToken);
        known.Forget(id);
        return true;
    }

    private (PushSource Source, string Key) WithNewKey(PushSource source, TimeSpan? lifetime)
    {
        var now = clock.GetUtcNow();
        var token = PushSecret.NewToken(PushSecret.SourcePrefix, source.Id);
        var key = new PushKey { Begins = PushSecret.BeginningOf(token), CreatedAt = now, ExpiresAt = now + lifetime };
        key = source.Kind == PushKind.Signature
            ? key with { SealedSecret = secrets.Protect(SecretPurpose, token) }
            : key with { Hash = PushSecret.HashOf(token) };
        return (source with { Keys = [.. source.Keys, key] }, token);
    }

    private async Task<PushSource?> LoadAsync(string tenantId, string id, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<PushSource>(id, cancellationToken) is { } source && source.TenantId == tenantId ? source : null;
    }

    private AuditEntry Entry(PushSource source, Speaker by, string action) => AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, action, $"push/{source.Id}", source.Name);

    private async Task StoreAsync(PushSource source, Speaker by, string action, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(source.TenantId);
        session.Store(source);
        session.Insert(Entry(source, by, action));
        await session.SaveChangesAsync(cancellationToken);
        known.Forget(source.Id);
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new ArgumentException(otherwise);
        }
    }

    [GeneratedRegex(@"^\d{12}$")]
    private static partial Regex AccountId();

    [GeneratedRegex(@"^arn:aws[a-z-]*:sns:[a-z0-9-]{3,30}:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$")]
    private static partial Regex TopicArn();
}

/// <summary>What a person entered for a new source.</summary>
/// <param name="Name">For people.</param>
/// <param name="Kind">How it proves itself.</param>
/// <param name="Accounts">Accounts it may speak for; empty for any.</param>
/// <param name="Topics">Topics, for <see cref="PushKind.SnsTopic"/>.</param>
/// <param name="Lifetime">How long its first key is good; null for ever.</param>
internal sealed record PushDraft(string Name, PushKind Kind, IReadOnlyList<string> Accounts, IReadOnlyList<string> Topics, TimeSpan? Lifetime);
