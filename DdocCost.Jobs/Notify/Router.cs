using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>
/// Turns facts into messages, one for each channel that is to hear of it. One router works at a time in all processes, in the order of the facts;
/// a fact and all of its messages are one transaction, so it is routed once or not at all.
/// </summary>
internal sealed class Router(NpgsqlDataSource database, IDocumentStore store, IFeatureFlags flags, TimeProvider clock)
{
    /// <summary>Key of the advisory lock: "ddoc" in ASCII, then 3.</summary>
    private const long Lock = 0x64646F63_00000003;

    private const int MostFacts = 50;

    /// <summary>Routes what waits.</summary>
    /// <returns>How many facts; as many as fit into a round mean that there may be more.</returns>
    public async Task<int> RouteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await connection.ScalarAsync<bool>(
            "select exists (select from notify.facts where routed_at is null and route_at <= $1)", cancellationToken, now))
        {
            return 0;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("set local idle_in_transaction_session_timeout = '30s'", cancellationToken);
        if (!await connection.ScalarAsync<bool>("select pg_try_advisory_xact_lock($1)", cancellationToken, Lock))
        {
            return 0; // another process is at it
        }

        var facts = await OpenFact.ReadAsync(connection, MostFacts, now, cancellationToken);
        var storms = await flags.ModeOfAsync(NotifyFlags.Storms, cancellationToken);
        var tenants = new Dictionary<string, TenantRoutes>();
        foreach (var fact in facts)
        {
            if (!tenants.TryGetValue(fact.TenantId, out var routes))
            {
                tenants.Add(fact.TenantId, routes = await TenantRoutes.ReadAsync(store, connection, fact.TenantId, storms, now, cancellationToken));
            }

            await RouteAsync(connection, fact, routes, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return facts.Count;
    }

    private static async Task RouteAsync(NpgsqlConnection connection, OpenFact fact, TenantRoutes routes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (legs, why) = fact switch
        {
            { Targets: { } targets } => (To(targets, routes, "asked for"), $"to {targets.Count} channels"),
            { Notice: CaseOpened or CaseEscalated } => await ByRulesAsync(connection, fact, (CaseNotice)fact.Notice, routes, now, cancellationToken),
            { Notice: CaseNotice } => (To(await ToldAsync(connection, fact, cancellationToken), routes, "told of it before"), "to whoever was told of the case"),
            { Notice: HealthAlarm alarm } => (HealthLegs(alarm, routes), "to the channels that hear of our health"),
            _ => ([], "to nobody"),
        };
        await using var batch = connection.CreateBatch();
        if (fact.ThreadKey is not null and not "" && fact.Notice is not CaseOpened)
        {
            Supersede(batch, fact);
        }

        foreach (var leg in legs)
        {
            await AddAsync(batch, connection, fact, leg, routes, now, cancellationToken);
        }

        Add(batch, "update notify.facts set routed_at = $2, routing = $3 where seq = $1", fact.Seq, now, legs.Count == 0 ? $"told to nobody: {why}" : why);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(IReadOnlyList<RouteLeg> Legs, string Why)> ByRulesAsync(
        NpgsqlConnection connection, OpenFact fact, CaseNotice notice, TenantRoutes routes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scene = CaseScene.Of(notice.Case, routes.TagsOf(notice.Case.AccountId));
        var plan = RoutePlanner.Plan(routes.Policy, routes.Channels, scene, now);
        foreach (var escalation in fact.IsSelfTest ? [] : plan.Escalations)
        {
            await connection.ExecuteAsync(
                """
                insert into notify.escalations (tenant_id, thread_key, rule, due_at, minutes, targets) values ($1, $2, $3, $4, $5, $6) on conflict do nothing
                """,
                cancellationToken, fact.TenantId, notice.Case.Id, escalation.Rule, now + TimeSpan.FromMinutes(escalation.Minutes), escalation.Minutes,
                escalation.ChannelIds.ToArray());
        }

        return (plan.Legs, string.Join("; ", plan.Steps));
    }

    /// <summary>The channels on which the case was told, or is about to be.</summary>
    private static async Task<IReadOnlyList<string>> ToldAsync(NpgsqlConnection connection, OpenFact fact, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            """
            select distinct channel_id from notify.messages where tenant_id = $1 and thread_key = $2 and kind in ('case-opened', 'case-escalated')
                and state in ('queued', 'held', 'sending', 'accepted')
            """,
            row => row.GetString(0), cancellationToken, fact.TenantId, fact.ThreadKey!);

    /// <summary>What brings a message up to date is not needed any more when something newer of the case is to be told.</summary>
    private static void Supersede(NpgsqlBatch batch, OpenFact fact)
    {
        Add(
            batch,
            """
            update notify.messages set state = 'superseded' where tenant_id = $1 and thread_key = $2 and kind = 'case-changed' and fact_seq < $3
                and state in ('queued', 'held')
            """,
            fact.TenantId, fact.ThreadKey!, fact.Seq);
        Add(
            batch,
            """
            update notify.facts set routed_at = route_at, routing = 'superseded' where tenant_id = $1 and thread_key = $2 and kind = 'case-changed'
                and routed_at is null and seq < $3
            """,
            fact.TenantId, fact.ThreadKey!, fact.Seq);
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        batch.BatchCommands.Add(command);
    }

    private static IReadOnlyList<RouteLeg> To(IReadOnlyList<string> targets, TenantRoutes routes, string why)
    {
        var known = routes.Channels.Select(channel => channel.Id).ToHashSet();
        return [.. targets.Distinct().Where(known.Contains).Select(target => new RouteLeg(target, [], null, why))];
    }

    private static IReadOnlyList<RouteLeg> HealthLegs(HealthAlarm alarm, TenantRoutes routes)
    {
        var about = Alarms.ChannelOf(alarm.Subject);
        string[] on = [.. routes.Channels.Where(channel => channel.Enabled && channel.Id != about).Select(channel => channel.Id)];
        string[] chosen = [.. routes.Policy.HealthChannels.Where(on.Contains)];
        return [.. (chosen.Length > 0 ? chosen : on).Select(channel => new RouteLeg(channel, [.. on.Where(other => other != channel)], null, "health"))];
    }

    private static async Task AddAsync(
        NpgsqlBatch batch, NpgsqlConnection connection, OpenFact fact, RouteLeg leg, TenantRoutes routes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var storm = fact.IsSelfTest || fact.Targets is not null || !JoinsStorm(fact, leg, routes)
            ? null
            : (Guid?)await Storms.JoinAsync(connection, fact.TenantId, leg.ChannelId, now, cancellationToken);
        var held = storm is null && !fact.IsSelfTest && leg.HeldUntil is not null;
        Add(
            batch,
            """
            insert into notify.messages (tenant_id, id, fact_seq, channel_id, thread_key, kind, state, held_by, due_at, queued_at, rule, fallbacks, storm_id)
            values ($1, $2, $3, $4, nullif($5, ''), $6, $7, nullif($8, ''), $9, $10, $11, $12, nullif($13, '00000000-0000-0000-0000-000000000000'::uuid))
            on conflict do nothing
            """,
            fact.TenantId, OutboxFact.MessageIdOf(fact.Id, leg.ChannelId), fact.Seq, leg.ChannelId, fact.ThreadKey ?? "", fact.Kind,
            storm is not null ? "collapsed" : held ? "held" : "queued", held ? "quiet-hours" : "", held ? leg.HeldUntil!.Value : now, now, leg.Rule,
            leg.FallBackTo.ToArray(), storm ?? Guid.Empty);
    }

    private static bool JoinsStorm(OpenFact fact, RouteLeg leg, TenantRoutes routes)
    {
        if (fact.Notice is not (CaseOpened or CaseEscalated))
        {
            return false;
        }

        var count = routes.CasesOfHour[leg.ChannelId] = routes.CasesOfHour.GetValueOrDefault(leg.ChannelId) + 1;
        return routes.Storms == FlagMode.Act && count > routes.Policy.CasesPerHour * (fact.Notice.Severity >= Severity.Critical ? 3 : 1);
    }
}
