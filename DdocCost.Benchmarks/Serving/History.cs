using System.Diagnostics;
using System.Globalization;
using DdocCost.App;
using DdocCost.Benchmarks.Durable;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Zombies;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Benchmarks.Serving;

/// <summary>
/// Years of a tenant, put into the real tables: documents of each kind are stored as the product stores them, and PostgreSQL multiplies them, each with a
/// moment, an account and an actor of its own. 400 days, 200 accounts, 500 actors; per million cost events 10,000 things that run, 100,000 hours of
/// spend, 2,000 cases, 5,000 findings, 10,000 changes in the audit log.
/// </summary>
internal sealed class History(NpgsqlDataSource database, IDocumentStore store, long events)
{
    /// <summary>The tenant.</summary>
    public const string Tenant = "default";

    /// <summary>One of its accounts.</summary>
    public const string Account = "100000000007";

    private const int Days = 400;
    private const int Portion = 250_000;
    private const string AccountOf = "(100000000000 + n % 200)::text";
    private const string ActorOf = "jsonb_build_object('id', 'role/Team/person-' || n % 500, 'name', 'person-' || n % 500, 'kind', 'Person', 'arn', 'arn:aws:sts::' || (100000000000 + n % 200)::text || ':assumed-role/Team/person-' || n % 500)";

    private static readonly (string Service, string Type, string Call, string Size, decimal? Rate)[] Kinds =
    [
        ("ec2", "ec2:instance", "RunInstances", "m6i.large", 0.096m), ("ec2", "ec2:instance", "RunInstances", "c6i.4xlarge", 0.68m), ("ec2", "ec2:instance", "TerminateInstances", "m6i.large", -0.096m),
        ("ec2", "ec2:volume", "CreateVolume", "gp3", 0.011m), ("ec2", "ec2:nat-gateway", "CreateNatGateway", "", 0.045m), ("rds", "rds:instance", "CreateDBInstance", "db.r6g.large", 0.225m),
        ("lambda", "lambda:function", "UpdateFunctionConfiguration", "", 0.002m), ("s3", "s3:bucket", "PutBucketLifecycle", "", 0m), ("dynamodb", "dynamodb:table", "UpdateTable", "", 0.06m),
        ("ecs", "ecs:service", "UpdateService", "", 0.4m), ("eks", "eks:cluster", "CreateCluster", "", 0.1m), ("sagemaker", "sagemaker:endpoint", "CreateEndpoint", "ml.m5.xlarge", 0.23m),
        ("kinesis", "kinesis:stream", "UpdateShardCount", "", 0.03m), ("redshift", "redshift:cluster", "ResumeCluster", "ra3.xlplus", 1.086m), ("glue", "glue:job", "StartJobRun", "G.1X", 4.4m),
        ("directconnect", "directconnect:virtual-interface", "CreatePrivateVirtualInterface", "", null),
    ];

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    /// <summary>Fills a new database, after the product has made its tables.</summary>
    public static async Task FillAsync(PrivateServers servers, string database, string folder, long events)
    {
        var clock = Stopwatch.StartNew();
        await using var app = Server.Build(
            [$"--ConnectionStrings:Postgres={database}", $"--ConnectionStrings:Redis={servers.Redis}", $"--Data:Folder={folder}/filling", "--environment=Production", "--urls=http://127.0.0.1:0", "--Jobs:InProcess=false"],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        await new History(app.Services.GetRequiredService<NpgsqlDataSource>(), app.Services.GetRequiredService<IDocumentStore>(), events).FillAsync(Console.Error.WriteLine);
        await app.StopAsync();
        Console.WriteLine(FormattableString.Invariant($"{events:N0} cost events, filled in {clock.Elapsed.TotalSeconds:N0} s"));
        Console.WriteLine();
    }

    /// <summary>Fills them.</summary>
    private async Task FillAsync(Action<string> tell)
    {
        await SeedAsync();
        const string at = "$now - n * $step";
        await MultiplyAsync("mt_doc_cost_events", events, tell,
            ("id", "md5('event' || n)::uuid"), ("account_id", AccountOf), ("time", at), ("created_at", $"{at} + interval '2 seconds'"),
            ("data", $"data || jsonb_build_object('id', md5('event' || n)::uuid, 'accountId', {AccountOf}, 'time', {at}, 'createdAt', {at} + interval '2 seconds', 'costed', data -> 'costed' || jsonb_build_object('event', data -> 'costed' -> 'event' || jsonb_build_object('key', md5('event' || n)::uuid, 'eventId', md5('event' || n)::uuid, 'accountId', {AccountOf}, 'time', {at}, 'actor', {ActorOf})))"));
        await MultiplyAsync("mt_doc_running_resources", events / 100, tell,
            ("id", $"{AccountOf} || '/eu-west-1/ec2:instance/i-' || md5('run' || n)"), ("account_id", AccountOf),
            ("data", $"data || jsonb_build_object('id', {AccountOf} || '/eu-west-1/ec2:instance/i-' || md5('run' || n), 'accountId', {AccountOf}, 'resourceId', 'i-' || left(md5('run' || n), 17), 'since', {at}, 'startedBy', {ActorOf})"));
        await MultiplyAsync("mt_doc_spend_hours", events / 10, tell,
            ("id", "'hour' || n"), ("account_id", AccountOf), ("hour", $"date_trunc('hour', {at})"),
            ("data", $"data || jsonb_build_object('id', 'hour' || n, 'accountId', {AccountOf}, 'hour', date_trunc('hour', {at}), 'actor', {ActorOf})"));
        await MultiplyAsync("mt_doc_anomaly_cases", events / 500, tell,
            ("id", "'case' || n"), ("account_id", AccountOf), ("detected_at", at), ("closed_at", $"case when n > 200 then {at} + interval '3 hours' end"),
            ("data", $"data || jsonb_build_object('id', 'case' || n, 'accountId', {AccountOf}, 'startedAt', {at}, 'detectedAt', {at}, 'lastEventAt', {at}, 'actor', {ActorOf}, 'title', 'person-' || n % 500 || ' started 16 × g5.48xlarge in sa-east-1') || case when n > 200 then jsonb_build_object('closedAt', {at} + interval '3 hours') else '{{}}' end"));
        await MultiplyAsync("mt_doc_zombie_findings", events / 200, tell,
            ("id", "'ebs-unattached/' || md5('z' || n)"), ("account_id", AccountOf),
            ("data", $"data || jsonb_build_object('id', 'ebs-unattached/' || md5('z' || n), 'accountId', {AccountOf}, 'resourceId', 'vol-' || left(md5('z' || n), 17), 'firstSeenAt', {at}, 'idleSince', {at})"));
        await MultiplyAsync("mt_doc_baselines", Math.Min(events, 200 * 60), tell,
            ("id", $"{AccountOf} || '/' || n"), ("account_id", AccountOf), ("data", $"data || jsonb_build_object('id', {AccountOf} || '/' || n, 'accountId', {AccountOf})"));
        await MultiplyAsync("mt_doc_audit_entries", events / 100, tell,
            ("id", "md5('audit' || n)::uuid"), ("at", at), ("subject", "'case/case' || n"),
            ("data", $"data || jsonb_build_object('id', md5('audit' || n)::uuid, 'at', {at}, 'by', 'person-' || n % 500, 'subject', 'case/case' || n)"));
        await MultiplyAsync("mt_doc_quarantined_records", Math.Min(events / 1000, 5000), tell,
            ("id", "md5('q' || n)::uuid"), ("account_id", AccountOf), ("found_at", at), ("data", $"data || jsonb_build_object('id', md5('q' || n)::uuid, 'accountId', {AccountOf}, 'foundAt', {at})"));
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into pipeline.accounts (tenant_id, account_id, records, cost_bearing, priced) select $1, (100000000000 + n)::text, $2, $3, $3 from generate_series(0, 199) n", CancellationToken.None, Tenant, events / 6, events / 200);
        tell("vacuum analyze");
        await Execute(connection, "vacuum analyze");
    }

    /// <summary>One document of each kind, stored by the product itself.</summary>
    private async Task SeedAsync()
    {
        await using var session = store.LightweightSession(Tenant);
        foreach (var (kind, i) in Kinds.Select((kind, i) => (kind, i)))
        {
            // One in sixteen is quiet, unpriced or alerted: each of the kinds has its turn.
            session.Store(Event(kind, i));
        }

        session.Store(
            new RunningResource
            {
                Id = "seed", AccountId = Account, ResourceId = "i-0123456789abcdef0", Region = "eu-west-1", Service = "ec2", ResourceType = "ec2:instance", Size = "m6i.large", UsdPerHour = 0.096m,
                Since = _now, StartedBy = Person, StartedByEvent = "seed", Tags = new Dictionary<string, string> { ["team"] = "web", ["stage"] = "production", ["owner"] = "platform" },
            });
        session.Store(new SpendHour { Id = "seed", AccountId = Account, Service = "ec2", Actor = Person, Hour = _now, AddedUsdPerHour = 0.3m, NetUsdPerHour = 0.01m, Events = 7 });
        session.Store(
            new AnomalyCase
            {
                Id = "seed", AccountId = Account, Cause = "role/Team/person-1 ec2:instance", Title = "person-1 started 16 × g5.48xlarge in sa-east-1", Severity = Severity.Warning, Score = 96, Actor = Person,
                Regions = ["sa-east-1"], Services = ["ec2"], What = ["16 × ec2:instance g5.48xlarge"], RunningResourceIds = ["i-1", "i-2"], EventIds = ["e-1"], EventCount = 1, StartedAt = _now, DetectedAt = _now,
                LastEventAt = _now, UsdPerHour = 12, PeakUsdPerHour = 12, OneTimeUsd = 0, SpentUsd = 30, Components = [Part("magnitude"), Part("novelty"), Part("context")],
            });
        session.Store(
            new ZombieFinding
            {
                Id = "seed/seed", RuleId = "ebs-unattached", Title = "Unattached volume", Service = "ec2", AccountId = Account, Region = "eu-west-1", ResourceKind = "ec2:volume", ResourceId = "vol-1",
                State = FindingState.Confirmed, FirstSeenAt = _now, LastSeenAt = _now, ConfirmedAt = _now, IdleSince = _now, Sureness = Sureness.High, Criterion = "attached to nothing for 7 days", Saving = new Saving { UsdPerMonth = 8 },
            });
        session.Store(new Baseline { Id = "seed", AccountId = Account, ResourceType = "ec2:instance" });
        session.Store(AuditEntry.Of(_now, "person-1", Mouth.Page, "case.acknowledge", "case/seed"));
        session.Store(new QuarantinedRecord { Id = Guid.NewGuid(), AccountId = Account, FoundAt = _now, Rejected = new RejectedRecord("AWSLogs/1.json.gz", 1200, true, "The gzip stream ends early.", "{\"eventVersion\":") });
        await session.SaveChangesAsync();
    }

    private static Actor Person => new("role/Team/person-1", "person-1", ActorKind.Person, $"arn:aws:sts::{Account}:assumed-role/Team/person-1");

    private static ScoreComponent Part(string name) => new(name, 42.5, 0.68, 0.31, 0.12, 412, "USD/h", "Above what is usual of this type in this account, by this actor, at this hour.");

    private CostEvent Event((string Service, string Type, string Call, string Size, decimal? Rate) kind, int i)
    {
        var key = Guid.NewGuid();
        var severity = i == 13 ? Severity.Info : Severity.None;
        return new CostEvent
        {
            Id = key, AccountId = Account, Time = _now, CreatedAt = _now, Severity = severity, CaseId = i == 13 ? "case7" : null,
            Verdict = new Verdict(12, severity, 3.2, [Part("magnitude"), Part("novelty"), Part("context"), Part("velocity")], $"role/Team/person-1 {kind.Type}"),
            Costed = new CostedEvent
            {
                UsdPerHour = kind.Rate, ExposureAfterUsdPerHour = 214.37m,
                Cost = kind.Rate is not { } rate
                    ? Cost.Unpriced("no price is known for this type")
                    : new Cost { UsdPerHour = rate, Confidence = i % 3 == 0 ? PriceConfidence.Medium : PriceConfidence.High, Lines = [new CostLine($"{kind.Service}:{kind.Size}:eu-west-1", 1, "instance-hour", rate, rate)] },
                Event = new ResourceEvent
                {
                    Key = key, EventId = key.ToString(), Time = _now, AccountId = Account, Region = "eu-west-1", Service = kind.Service, EventName = kind.Call, Actor = Person, SourceIp = "203.0.113.24",
                    Action = kind.Rate < 0 ? ResourceAction.Stop : ResourceAction.Start, Location = new RecordLocation("2026/11/25/13/1.jsonl.gz", 4096),
                    Changes = [new ResourceChange { Action = kind.Rate < 0 ? ResourceAction.Stop : ResourceAction.Start, ResourceType = kind.Type, Size = kind.Size.Length == 0 ? null : kind.Size, ResourceIds = ["i-0123456789abcdef0"] }],
                },
            },
        };
    }

    /// <summary>Copies the rows of a table, the columns named replaced by expressions over <c>n</c>; the indexes are made anew afterwards, which is faster and leaves them as they would be.</summary>
    private async Task MultiplyAsync(string table, long rows, Action<string> tell, params (string Column, string Value)[] replaced)
    {
        await using var connection = await database.OpenConnectionAsync();
        var columns = await connection.QueryAsync(
            "select column_name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position", row => row.GetString(0), CancellationToken.None, table);
        var indexes = await connection.QueryAsync(
            "select i.indexname, i.indexdef from pg_indexes i join pg_class c on c.relname = i.indexname join pg_index x on x.indexrelid = c.oid where i.schemaname = 'public' and i.tablename = $1 and not x.indisprimary", row => (Name: row.GetString(0), Definition: row.GetString(1)), CancellationToken.None, table);
        await Execute(connection, $"create temporary table seeds as select s.*, row_number() over () - 1 as slot from {table} s");
        var slots = await connection.ScalarAsync<long>("select count(*) from seeds", CancellationToken.None);
        foreach (var (name, _) in indexes)
        {
            await Execute(connection, $"drop index {name}");
        }

        var step = TimeSpan.FromDays(Days) / rows;
        string Value(string column) => (replaced.FirstOrDefault(pair => pair.Column == column).Value ?? $"s.{column}")
            .Replace("$now", $"'{_now:O}'::timestamptz", StringComparison.Ordinal).Replace("$step", $"interval '{step.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture)} seconds'", StringComparison.Ordinal);
        for (var from = 1L; from <= rows; from += Portion)
        {
            tell($"{table}: {from - 1:N0} of {rows:N0}");
            await Execute(connection, $"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", columns.Select(Value))} from generate_series({from}, {Math.Min(from + Portion - 1, rows)}) n join seeds s on s.slot = n % {slots}");
        }

        await Execute(connection, "drop table seeds");
        foreach (var (_, definition) in indexes)
        {
            await Execute(connection, definition.Replace(" ON ONLY ", " ON ", StringComparison.Ordinal)); // of all partitions
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
