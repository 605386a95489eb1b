using DdocCost.App.Access;
using DdocCost.App.Sources;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Polling;

namespace DdocCost.App.Api;

/// <summary>How events of a connected account come, and how we get into it. Secrets are written, never read.</summary>
internal static class SourcesApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var account = api.MapGroup("/accounts/{id}").WithTags("Accounts").RequireAuthorization(Roles.ApiAdminPolicy);
        account.MapPost("/sources", AddAsync).WithSummary("Adds a source.").Produces<AccountItem>();
        account.MapPut("/sources", ReplaceAsync).WithSummary("Changes a source. What it reads is what it is known by: another bucket or queue begins anew.").Produces<AccountItem>();
        account.MapPut("/sources/paused", PauseAsync).WithSummary("Pauses or resumes a source.").Produces<AccountItem>();
        account.MapDelete("/sources", RemoveAsync).WithSummary("Removes a source; what it brought stays.").Produces<AccountItem>();
        account.MapPut("/access", RotateAsync).WithSummary("Changes roles and access keys; a secret is kept sealed and never answered. A key that is there serves until it is left out.").Produces<AccountItem>();
        account.MapPost("/test", TestAsync).WithSummary("Tries each permission by calling it, now.").Produces<IReadOnlyList<ConnectionCheck>>();
    }

    private static Task<object> AddAsync(string id, SourceBody body, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        var source = body.ToSource();
        return AccountsApi.ChangeAsync(id, account => account with { Sources = [.. account.Sources, source] }, "source.add", desk, reader, caller, cancellationToken);
    }

    private static async Task<object> ReplaceAsync(string id, ReplaceBody body, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        var wanted = body.With.ToSource();
        await SourceAsync(id, body.Source, reader, caller, cancellationToken);
        return await AccountsApi.ChangeAsync(
            id, account => account with { Sources = [.. account.Sources.Select(source => source.Id == body.Source ? wanted with { IsPaused = source.IsPaused } : source)] },
            "source.change", desk, reader, caller, cancellationToken);
    }

    private static async Task<object> PauseAsync(string id, PauseBody body, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        await SourceAsync(id, body.Source, reader, caller, cancellationToken);
        return await AccountsApi.ChangeAsync(
            id, account => account with { Sources = [.. account.Sources.Select(source => source.Id == body.Source ? source with { IsPaused = body.IsPaused } : source)] },
            body.IsPaused ? "source.pause" : "source.resume", desk, reader, caller, cancellationToken);
    }

    private static async Task<object> RemoveAsync(string id, string source, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        await SourceAsync(id, source, reader, caller, cancellationToken);
        return await AccountsApi.ChangeAsync(
            id, account => account with { Sources = [.. account.Sources.Where(other => other.Id != source)] }, "source.remove", desk, reader, caller, cancellationToken);
    }

    private static Task<object> RotateAsync(string id, AccessBody body, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (body.AccessKeyId is { Length: > 0 } != body.Secret is { Length: > 0 })
        {
            throw ApiException.Invalid("secret", "An access key has an id and a secret.");
        }

        SealedAccessKey[] added = body is { AccessKeyId: { Length: > 0 } key, Secret: { Length: > 0 } secret } ? [desk.Seal(key, secret)] : [];
        return AccountsApi.ChangeAsync(
            id, account => account with
            {
                Access = new AwsAccess
                {
                    AccessKeys = [.. added, .. account.Access.AccessKeys.Where(known => added.All(one => one.AccessKeyId != known.AccessKeyId) && (body.KeptKeys is null || body.KeptKeys.Contains(known.AccessKeyId)))],
                    Roles = body.Roles is null ? account.Access.Roles : [.. body.Roles.Select(role => new RoleStep(role.Arn, role.ExternalId))],
                },
            },
            "account.access", desk, reader, caller, cancellationToken);
    }

    private static async Task<object> TestAsync(string id, ConnectionTest test, ICircuitBreakers breakers, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        var account = (await AccountsApi.RowAsync(id, reader, caller, cancellationToken)).Account;
        await breakers.ResetAsync(AwsClients.BreakerOf(caller.Tenant, account), cancellationToken); // who asks wants to know how it is now
        try
        {
            return await test.RunAsync(caller.Tenant, account, cancellationToken);
        }
        catch (PanicException panic)
        {
            throw ApiException.Conflict(panic.Message);
        }
    }

    private static async Task SourceAsync(string id, string source, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        if ((await AccountsApi.RowAsync(id, reader, caller, cancellationToken)).Account.Sources.All(one => one.Id != source))
        {
            throw ApiException.NotFound("source of this account");
        }
    }
}

/// <summary>A source.</summary>
/// <param name="Kind">bucket, bucket-notifications, event-queue or event-lookup.</param>
/// <param name="Bucket">For bucket: its name.</param>
/// <param name="Prefix">For bucket: what comes before AWSLogs/; left out for nothing.</param>
/// <param name="QueueUrl">For bucket-notifications and event-queue.</param>
/// <param name="Region">For all but event-lookup.</param>
/// <param name="HistoryDays">For bucket (0 to 365) and event-lookup (0 to 90): days to read at first; 30 where left out.</param>
internal sealed record SourceBody(string Kind, string? Bucket = null, string? Prefix = null, string? QueueUrl = null, string? Region = null, int HistoryDays = 30)
{
    /// <summary>As the desk takes it, which checks the rest.</summary>
    /// <exception cref="ApiException">The kind is not known.</exception>
    public TrailSource ToSource() => Kind switch
    {
        "bucket" => new TrailSource.TrailBucket { Bucket = Bucket ?? "", Prefix = (Prefix ?? "").Trim('/'), Region = Region ?? "", HistoryDays = HistoryDays },
        "bucket-notifications" => new TrailSource.BucketNotifications { QueueUrl = QueueUrl ?? "", Region = Region ?? "" },
        "event-queue" => new TrailSource.EventQueue { QueueUrl = QueueUrl ?? "", Region = Region ?? "" },
        "event-lookup" => new TrailSource.EventLookup { HistoryDays = HistoryDays },
        _ => throw ApiException.Invalid("kind", "It is bucket, bucket-notifications, event-queue or event-lookup."),
    };
}

/// <summary>A source to change.</summary>
/// <param name="Source">Its id.</param>
/// <param name="With">What it is to be.</param>
internal sealed record ReplaceBody(string Source, SourceBody With);

/// <summary>Pauses or resumes.</summary>
/// <param name="Source">Id of the source.</param>
/// <param name="IsPaused">What is to hold.</param>
internal sealed record PauseBody(string Source, bool IsPaused);

/// <summary>How we get into an account; what is left out stays.</summary>
/// <param name="AccessKeyId">A new key, put before those that are there.</param>
/// <param name="Secret">Its secret; write-only.</param>
/// <param name="KeptKeys">Ids of stored keys to keep; left out for all.</param>
/// <param name="Roles">All roles to assume, each by the one before.</param>
internal sealed record AccessBody(string? AccessKeyId = null, string? Secret = null, IReadOnlyList<string>? KeptKeys = null, IReadOnlyList<RoleBody>? Roles = null);

/// <summary>A role to assume.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="ExternalId">What its trust policy asks for, or null.</param>
internal sealed record RoleBody(string Arn, string? ExternalId = null);
