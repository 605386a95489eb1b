using System.Globalization;
using System.Text.RegularExpressions;
using DdocCost.Domain.Sources;

namespace DdocCost.Jobs.Aws.Credentials;

/// <summary>Sessions in a role, each renewed before it ends. The keys that assume it may be of a role themselves.</summary>
internal sealed partial class AssumedRoleCredentials(
    AwsCaller caller, IAwsCredentials assumedBy, RoleStep role, string region, AwsOptions options, TimeProvider clock) : IAwsCredentials, IDisposable
{
    /// <summary>AWS gives a role that a role assumes an hour at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html (role chaining).</summary>
    private static readonly TimeSpan LongestChained = TimeSpan.FromHours(1);

    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    private static readonly AwsOperation AssumeRole = AwsServices.Sts.Operation("AssumeRole") with { BringsEvents = true };

    private readonly SemaphoreSlim _renewing = new(1);
    private volatile Session? _session;

    /// <inheritdoc/>
    public async ValueTask<AwsKeys> GetAsync(CancellationToken cancellationToken)
    {
        if (_session is { } session && clock.GetUtcNow() < session.RenewAt)
        {
            return session.Keys;
        }

        await _renewing.WaitAsync(cancellationToken);
        try
        {
            if (_session is not { } known || clock.GetUtcNow() >= known.RenewAt)
            {
                await RenewAsync(cancellationToken);
            }

            return _session!.Keys;
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <inheritdoc/>
    public bool Refused(AwsKeys keys, bool isExpired)
    {
        if (_session is { } session && session.Keys == keys)
        {
            _session = null;
        }

        return isExpired;
    }

    /// <inheritdoc/>
    public void Dispose() => _renewing.Dispose();

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            _session = await BeginAsync(cancellationToken);
        }
        catch (AwsException error) when (error.IsTransient && _session is { } session && clock.GetUtcNow() < session.EndsAt)
        {
            _session = session with { RenewAt = clock.GetUtcNow().AddSeconds(30) }; // good for a little longer
        }
    }

    private async Task<Session> BeginAsync(CancellationToken cancellationToken)
    {
        var length = assumedBy is AssumedRoleCredentials && options.SessionLength > LongestChained ? LongestChained : options.SessionLength;
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("RoleArn", role.Arn),
            new("RoleSessionName", options.SessionName),
            new("DurationSeconds", ((int)length.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        };
        if (role.ExternalId is { } externalId)
        {
            parameters.Add(new("ExternalId", externalId));
        }

        foreach (var (tag, i) in options.SessionTags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select((tag, i) => (tag, i + 1)))
        {
            parameters.Add(new($"Tags.member.{i}.Key", tag.Key));
            parameters.Add(new($"Tags.member.{i}.Value", tag.Value));
        }

        var answer = await caller.SendAsync(
            AwsRequest.Form(AssumeRole, parameters), new AwsScope(AccountOf(role.Arn), region, assumedBy), AwsCaller.ReadXmlAsync, cancellationToken);
        var given = answer.Descendants("Credentials").FirstOrDefault()
            ?? throw new AwsException(AssumeRole, "InvalidResponse", "the answer has no credentials", status: null);
        var ends = given.Time("Expiration") ?? clock.GetUtcNow() + length;
        var renewal = (ends - clock.GetUtcNow()) / 2;
        return new Session(
            new AwsKeys(given.Text("AccessKeyId") ?? "", given.Text("SecretAccessKey") ?? "", given.Text("SessionToken")),
            ends - (renewal < RenewBefore ? renewal : RenewBefore), ends);
    }

    private static string AccountOf(string arn) => Account().Match(arn).Value;

    [GeneratedRegex(@"\d{12}")]
    private static partial Regex Account();

    private sealed record Session(AwsKeys Keys, DateTimeOffset RenewAt, DateTimeOffset EndsAt);
}
