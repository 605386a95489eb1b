using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify.SelfTests;

/// <summary>
/// Tries the whole way, from a record at the intake to the message at the channels. It happens in a tenant of its own, so that no baseline, ledger or
/// figure of the real one is touched, and on the real channels.
/// </summary>
public sealed class SelfTest(Intake intake, IDocumentStore store, NpgsqlDataSource database, TimeProvider clock)
{
    private const string Source = "self-test";

    /// <summary>Puts a synthetic incident in, in place of an earlier one.</summary>
    /// <returns>The account that stands for the run.</returns>
    public async Task<SelfTestRun> StartAsync(string tenantId, CancellationToken cancellationToken)
    {
        await CleanUpAsync(tenantId, cancellationToken);
        var account = $"000{RandomNumberGenerator.GetInt32(1_000_000_000).ToString("D9", CultureInfo.InvariantCulture)}";
        var now = clock.GetUtcNow();
        var bytes = Encoding.UTF8.GetBytes(Record(account, now));
        await intake.TakeAsync(SelfTestTenant.Of(tenantId), Source, [new Delivery($"self-test/{account}", now, () => new MemoryStream(bytes))], cancellationToken);
        return new SelfTestRun(account, now);
    }

    /// <summary>How far a run has come.</summary>
    public async Task<SelfTestProgress> ReadAsync(string tenantId, SelfTestRun run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var facts = await connection.QueryAsync(
            """
            select seq, seen_at, scored_at, written_at, routed_at, routing from notify.facts
            where tenant_id = $1 and self_test and account_id = $2 and kind = 'case-opened'
            """,
            row => (Seq: row.GetInt64(0), Fact: new SelfTestProgress(
                Time(row, 1), Time(row, 2), Time(row, 3), Time(row, 4), row.IsDBNull(5) ? "" : row.GetString(5), [])), cancellationToken, tenantId, run.AccountId);
        if (facts.Count == 0)
        {
            return new SelfTestProgress(null, null, null, null, "", []);
        }

        var messages = await connection.QueryAsync(
            "select channel_id, state, claimed_at, accepted_at, answer from notify.messages where tenant_id = $1 and fact_seq = $2 order by queued_at, channel_id",
            row => new SelfTestMessage(row.GetString(0), row.GetString(1), Time(row, 2), Time(row, 3), row.IsDBNull(4) ? "" : row.GetString(4)), cancellationToken, tenantId, facts[0].Seq);
        return facts[0].Fact with { Messages = messages };
    }

    /// <summary>Takes out all that runs have left, except the messages.</summary>
    public async Task CleanUpAsync(string tenantId, CancellationToken cancellationToken)
    {
        var tenant = SelfTestTenant.Of(tenantId);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (var table in (string[])["accounts", "deliveries", "source_files", "dead_letters"])
        {
            await connection.ExecuteAsync($"delete from pipeline.{table} where tenant_id = $1", cancellationToken, tenant);
        }

        await store.Advanced.DeleteAllTenantDataAsync(tenant, cancellationToken);
    }

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    /// <summary>Sixteen of the dearest machines at once, by nobody we know: loud in any account.</summary>
    private static string Record(string account, DateTimeOffset now) =>
        $$$"""
        {"Records":[{"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{{account}}}:user/self-test","accountId":"{{{account}}}","userName":"self-test"},
        "eventTime":"{{{now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}}}","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"us-east-1",
        "sourceIPAddress":"192.0.2.1","userAgent":"dd0c-cost self-test","requestParameters":{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{"minCount":16,"maxCount":16}]}},
        "responseElements":{"instancesSet":{"items":[{{{string.Join(',', Enumerable.Range(0, 16).Select(i => $$"""{"instanceId":"i-{{i:x17}}","instanceType":"p4d.24xlarge"}"""))}}}]}},
        "eventID":"{{{Guid.NewGuid()}}}","eventType":"AwsApiCall","recipientAccountId":"{{{account}}}"}]}
        """;
}

/// <summary>A run.</summary>
/// <param name="AccountId">The account that stands for it.</param>
/// <param name="StartedAt">When the record was put in, UTC.</param>
public sealed record SelfTestRun(string AccountId, DateTimeOffset StartedAt);

/// <summary>When a run reached which hop, UTC; null where it has not yet.</summary>
/// <param name="SeenAt">Durable at the intake.</param>
/// <param name="ScoredAt">Priced and scored.</param>
/// <param name="CommittedAt">Stored with its case, and in the outbox.</param>
/// <param name="RoutedAt">Turned into messages.</param>
/// <param name="Routing">What the rules said.</param>
/// <param name="Messages">One a channel.</param>
public sealed record SelfTestProgress(
    DateTimeOffset? SeenAt, DateTimeOffset? ScoredAt, DateTimeOffset? CommittedAt, DateTimeOffset? RoutedAt, string Routing, IReadOnlyList<SelfTestMessage> Messages)
{
    /// <summary>Whether nothing more will happen.</summary>
    public bool IsOver => RoutedAt is not null && Messages.All(message => message.State is not ("queued" or "sending"));
}

/// <summary>A run's message on a channel.</summary>
public sealed record SelfTestMessage(string ChannelId, string State, DateTimeOffset? ClaimedAt, DateTimeOffset? AcceptedAt, string Answer);
