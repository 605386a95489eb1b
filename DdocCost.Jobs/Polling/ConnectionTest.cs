using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;

namespace DdocCost.Jobs.Polling;

/// <summary>One thing that was tried.</summary>
/// <param name="What">For a person: <c>List the bucket</c>.</param>
/// <param name="Problem">What is wrong; null where it worked.</param>
/// <param name="Policy">The IAM statement that would grant what was refused; null where that is not it.</param>
public sealed record ConnectionCheck(string What, string? Problem, string? Policy);

/// <summary>Tries everything that an account's sources need, and changes nothing by it.</summary>
public sealed class ConnectionTest(AwsClients clients)
{
    private static readonly AwsOperation WhoAmI = AwsServices.Sts.Operation("GetCallerIdentity") with { Actions = [] };
    private static readonly AwsOperation Lookup = AwsServices.CloudTrail.Operation("LookupEvents") with { RequestsPerSecond = 2 };

    /// <summary>Runs all checks.</summary>
    public async Task<IReadOnlyList<ConnectionCheck>> RunAsync(string tenantId, ConnectedAccount account, CancellationToken cancellationToken)
    {
        var identity = await IdentityAsync(tenantId, account, cancellationToken);
        if (identity.Problem is not null)
        {
            return [identity]; // nothing else could work
        }

        var checks = new List<ConnectionCheck> { identity };
        foreach (var source in account.Sources)
        {
            checks.AddRange(await SourceAsync(tenantId, account, source, cancellationToken));
        }

        return checks;
    }

    private async Task<ConnectionCheck> IdentityAsync(string tenantId, ConnectedAccount account, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await clients.For(tenantId, account, account.Regions[0]).QueryAsync(WhoAmI, [], cancellationToken);
            var reached = answer.Text("Account");
            return new ConnectionCheck(
                $"Sign in as {answer.Text("Arn")}",
                reached == account.AccountId ? null : $"These credentials lead into account {reached}, not {account.AccountId}.", Policy: null);
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException)
        {
            var policy = error is AwsException { Operation.Name: "AssumeRole" } && account.Access.Roles is [.., var role]
                ? SourcePolicy.Document([new("sts:AssumeRole", role.Arn)]) : null;
            return new ConnectionCheck($"Sign in by {account.Access.Describe()}", MissingPermission.Describe(error), policy);
        }
    }

    private async Task<IReadOnlyList<ConnectionCheck>> SourceAsync(
        string tenantId, ConnectedAccount account, TrailSource source, CancellationToken cancellationToken)
    {
        switch (source)
        {
            case TrailSource.TrailBucket settings:
                var bucket = new S3Bucket(clients, tenantId, account, settings.Bucket, settings.Region);
                var root = settings.Prefix.Length == 0 ? "AWSLogs/" : settings.Prefix + "/AWSLogs/";
                S3Page? page = null;
                var list = await CheckAsync(account, source, $"List {settings.Place}", async () => page = await bucket.ListAsync(root, startAfter: null, cancellationToken));
                return page?.Objects is not [var first, ..] ? [list]
                    : [list, await CheckAsync(account, source, "Read a file of it", async () => await (await bucket.GetAsync(first.Key, cancellationToken)).DisposeAsync())];
            case TrailSource.Queue settings:
                var queue = new SqsQueue(clients.For(tenantId, account, settings.Region), settings.QueueUrl);
                SqsMessage[] nobodys = [new("0", "of-no-message", "", null, 0)];
                return
                [
                    await CheckAsync(account, source, $"See how much waits in {queue.Name}", () => queue.WaitingAsync(cancellationToken)),
                    await CheckAsync(account, source, "Receive from it", () => queue.ReceiveAsync(TimeSpan.Zero, hide: TimeSpan.Zero, cancellationToken)),
                    await CheckAsync(account, source, "Hide messages while working", () => queue.ExtendAsync(nobodys, TimeSpan.FromSeconds(1), cancellationToken)),
                    await CheckAsync(account, source, "Delete what is done", () => queue.DeleteAsync(nobodys, cancellationToken)),
                ];
            default:
                var checks = new List<ConnectionCheck>();
                foreach (var region in account.Regions)
                {
                    checks.Add(await CheckAsync(account, source, $"Ask for the event history of {region}", () =>
                        clients.For(tenantId, account, region).JsonAsync(Lookup, new { MaxResults = 1 }, cancellationToken)));
                }

                return checks;
        }
    }

    /// <summary>Tries one thing. A message that is nobody's cannot be deleted: that AWS says so, and not that we may not, is the proof.</summary>
    private static async Task<ConnectionCheck> CheckAsync(ConnectedAccount account, TrailSource source, string what, Func<Task> attempt)
    {
        try
        {
            await attempt();
            return new ConnectionCheck(what, Problem: null, Policy: null);
        }
        catch (AwsException error) when (error.Code.Contains("ReceiptHandle", StringComparison.Ordinal))
        {
            return new ConnectionCheck(what, Problem: null, Policy: null);
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException)
        {
            var missing = error is AwsException denied ? MissingPermission.Of(denied) : null;
            var permissions = missing is null ? [] : SourcePolicy.Of(account, source).Where(permission => permission.Action == missing).ToList();
            return new ConnectionCheck(what, MissingPermission.Describe(error), permissions.Count == 0 ? null : SourcePolicy.Document(permissions));
        }
    }
}
