using DdocCost.App.Ingest.Agents;
using DdocCost.Domain.Ingestion;
using Marten;

namespace DdocCost.App.Ingest.Push;

/// <summary>Reads what the page of agents and push sources shows.</summary>
internal sealed class PushReader(IDocumentStore store, PushDesk desk, AgentDesk agents, IntakeStore intake, TimeProvider clock)
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(45); // agents report every ten

    /// <summary>All of a tenant and how they do.</summary>
    public async Task<PushView> ReadAsync(string tenantId, CancellationToken cancellationToken)
    {
        var sources = await desk.ListAsync(tenantId, cancellationToken);
        var announced = await agents.ListAsync(tenantId, cancellationToken);
        var tallies = await intake.TalliesAsync(tenantId, cancellationToken);
        await using var session = store.QuerySession(tenantId);
        var troubles = (await session.Query<PushTrouble>().ToListAsync(cancellationToken)).ToDictionary(trouble => trouble.Id);
        var reports = (await session.Query<AgentReport>().ToListAsync(cancellationToken)).ToDictionary(report => report.Id);
        return new PushView(
            [.. sources.Select(source => new PushRow(source, tallies.GetValueOrDefault(source.IntakeName), troubles.GetValueOrDefault(source.Id)))],
            [.. announced.Select(agent => new AgentRow(
                agent, reports.GetValueOrDefault(agent.Id), tallies.GetValueOrDefault(agent.IntakeName), StateOf(agent, reports.GetValueOrDefault(agent.Id))))]);
    }

    private AgentState StateOf(EnrolledAgent agent, AgentReport? report) =>
        agent.IsRevoked ? AgentState.Revoked
        : report is null ? AgentState.Announced
        : clock.GetUtcNow() - report.HeardAt > SilentAfter ? AgentState.Away
        : report.Error.Length > 0 || report.Sources.Any(source => source.Error.Length > 0) ? AgentState.Troubled
        : AgentState.Connected;
}

/// <summary>What the page shows.</summary>
/// <param name="Sources">By name.</param>
/// <param name="Agents">By name.</param>
public sealed record PushView(IReadOnlyList<PushRow> Sources, IReadOnlyList<AgentRow> Agents);

/// <summary>A source and how it does.</summary>
/// <param name="Source">The source.</param>
/// <param name="Tally">What it brought; null for nothing yet.</param>
/// <param name="Trouble">The last refusal, or null.</param>
public sealed record PushRow(PushSource Source, SourceTally? Tally, PushTrouble? Trouble);

/// <summary>An agent and how it does.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Report">What it said last; null for nothing yet.</param>
/// <param name="Tally">What it brought; null for nothing yet.</param>
/// <param name="State">In a word.</param>
public sealed record AgentRow(EnrolledAgent Agent, AgentReport? Report, SourceTally? Tally, AgentState State);

/// <summary>How an agent does, in a word.</summary>
public enum AgentState
{
    /// <summary>Its token was not used yet.</summary>
    Announced = 0,

    /// <summary>Heard of within the last 45 seconds, and nothing is wrong.</summary>
    Connected,

    /// <summary>Connected, and something there does not work.</summary>
    Troubled,

    /// <summary>Not heard of.</summary>
    Away,

    /// <summary>Not let in.</summary>
    Revoked,
}
