using DdocCost.App.Access;
using DdocCost.App.Sources;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DdocCost.App.Api;

/// <summary>Connected accounts and how their sources do.</summary>
internal static class AccountsApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("", ListAsync).WithSummary("All connected accounts with their sources.").Produces<IReadOnlyList<AccountItem>>();
        accounts.MapGet("/{id}", FindAsync).WithSummary("One connected account.").Produces<AccountItem>();
        accounts.MapPost("", ConnectAsync).WithSummary("Connects an account by a role of its own, or by this machine's credentials.").Produces<AccountItem>().RequireAuthorization(Roles.ApiAdminPolicy);
        accounts.MapPatch("/{id}", PatchAsync).WithSummary("Renames, groups, tags; what is left out stays.").Produces<AccountItem>().RequireAuthorization(Roles.ApiAdminPolicy);
        accounts.MapDelete("/{id}", DisconnectAsync).WithSummary("Disconnects an account. What was read of it stays.").RequireAuthorization(Roles.ApiAdminPolicy);
    }

    private static async Task<object> ListAsync(AccountReader reader, ApiCaller caller, CancellationToken cancellationToken) =>
        (await reader.ReadAsync(caller.Sight, cancellationToken)).Accounts.Where(row => caller.Sight.Sees(row.Account.AccountId)).Select(AccountItem.Of).ToList();

    private static async Task<object> FindAsync(string id, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken) =>
        AccountItem.Of(await RowAsync(id, reader, caller, cancellationToken));

    /// <summary>An account that the caller sees.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    internal static async Task<AccountRow> RowAsync(string id, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken) =>
        caller.See((await reader.ReadAsync(caller.Sight, cancellationToken)).Accounts.FirstOrDefault(row => row.Account.Id == id), row => row.Account.AccountId, "account");

    private static async Task<object> ConnectAsync(AccountBody body, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        caller.MustSeeAll();
        var account = new ConnectedAccount
        {
            Id = "", AccountId = body.AccountId, Name = body.Name, Owner = body.Owner ?? "", Group = body.Group ?? "", Tags = body.Tags ?? new Dictionary<string, string>(),
            Partition = body.Partition ?? AwsPartition.Commercial.Id, Regions = body.Regions, ConnectedAt = default,
            Access = new AwsAccess { Roles = body.RoleArn is { } arn ? [new RoleStep(arn, body.ExternalId)] : [] },
        };
        return await AnswerAsync(await desk.ConnectAsync(caller.Tenant, account, caller.Speaker, cancellationToken), reader, caller, cancellationToken);
    }

    private static Task<object> PatchAsync(string id, AccountPatch body, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken) => ChangeAsync(
        id,
        account => account with
        {
            Name = body.Name ?? account.Name, Owner = body.Owner ?? account.Owner, Group = body.Group ?? account.Group,
            Tags = body.Tags ?? account.Tags, Regions = body.Regions ?? account.Regions,
        },
        "account.change", desk, reader, caller, cancellationToken);

    /// <summary>Changes an account that the caller sees, and answers it as it is then.</summary>
    internal static async Task<object> ChangeAsync(
        string id, Func<ConnectedAccount, ConnectedAccount> change, string what, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        await RowAsync(id, reader, caller, cancellationToken);
        return await AnswerAsync(await desk.ChangeAsync(caller.Tenant, id, change, caller.Speaker, what, cancellationToken), reader, caller, cancellationToken);
    }

    private static async Task<NoContent> DisconnectAsync(string id, AccountDesk desk, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken)
    {
        await FindAsync(id, reader, caller, cancellationToken);
        await desk.DisconnectAsync(caller.Tenant, id, caller.Speaker, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<object> AnswerAsync(AccountOutcome outcome, AccountReader reader, ApiCaller caller, CancellationToken cancellationToken) =>
        outcome.Account is { } account ? await FindAsync(account.Id, reader, caller, cancellationToken)
        : outcome == AccountOutcome.NotFound ? throw ApiException.NotFound("account")
        : throw ApiException.Refused(outcome.Problems);
}

/// <summary>A connected account.</summary>
/// <param name="Id">Ours.</param>
/// <param name="AccountId">AWS account.</param>
/// <param name="OrganizationId">The organisation that its sources may speak for, or null.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Owner">Who answers for it; may be empty.</param>
/// <param name="Group">Group; may be empty.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Partition">aws, aws-us-gov or aws-cn.</param>
/// <param name="Regions">Regions looked at.</param>
/// <param name="Access">How we get in, in words; never a secret.</param>
/// <param name="ConnectedAt">When.</param>
/// <param name="Sources">How its events come.</param>
internal sealed record AccountItem(
    string Id, string AccountId, string? OrganizationId, string Name, string Owner, string Group, IReadOnlyDictionary<string, string> Tags, string Partition,
    IReadOnlyList<string> Regions, string Access, DateTimeOffset ConnectedAt, IReadOnlyList<SourceItemView> Sources)
{
    /// <summary>From what the page shows.</summary>
    public static AccountItem Of(AccountRow row) => new(
        row.Account.Id, row.Account.AccountId, row.Account.OrganizationId, row.Account.Name, row.Account.Owner, row.Account.Group, row.Account.Tags, row.Account.Partition,
        row.Account.Regions, row.Account.Access.Describe(), row.Account.ConnectedAt, [.. row.Sources.Select(SourceItemView.Of)]);
}

/// <summary>How events come, and how that does.</summary>
/// <param name="Id">Its id within the account; null for a watched folder.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Place">What it reads.</param>
/// <param name="State">In a word or two.</param>
/// <param name="IsWell">Whether it does what it should; null where that cannot be said.</param>
/// <param name="Error">What is wrong, or null.</param>
/// <param name="Waiting">How much waits to be read, or null.</param>
/// <param name="LastDeliveryAt">When something last came, or null.</param>
/// <param name="Records">Records that came.</param>
/// <param name="Rejected">Records that could not be read.</param>
internal sealed record SourceItemView(
    string? Id, string Kind, string Place, string State, bool? IsWell, string? Error, long? Waiting, DateTimeOffset? LastDeliveryAt, long Records, long Rejected)
{
    /// <summary>From what the page shows.</summary>
    public static SourceItemView Of(SourceRow row) => new(
        row.Source?.Id, row.Kind, row.Place, row.State, row.IsWell, row.Status?.Error, row.Status?.Waiting, row.Tally?.LastDeliveryAt, row.Tally?.Records ?? 0, row.Tally?.Rejected ?? 0);
}

/// <summary>An account to connect.</summary>
/// <param name="AccountId">12 digits.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Regions">Regions to look at.</param>
/// <param name="RoleArn">The role to take on, or null for this machine's own credentials.</param>
/// <param name="ExternalId">The role's external id, or null.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Group">Group.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Partition">aws where left out.</param>
internal sealed record AccountBody(
    string AccountId, string Name, IReadOnlyList<string> Regions, string? RoleArn = null, string? ExternalId = null, string? Owner = null, string? Group = null,
    IReadOnlyDictionary<string, string>? Tags = null, string? Partition = null);

/// <summary>What is to change of an account; null stays as it is.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Group">Group.</param>
/// <param name="Tags">All tags.</param>
/// <param name="Regions">All regions.</param>
internal sealed record AccountPatch(string? Name = null, string? Owner = null, string? Group = null, IReadOnlyDictionary<string, string>? Tags = null, IReadOnlyList<string>? Regions = null);
