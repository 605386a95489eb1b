using DdocCost.App.Ingest.Agents;
using DdocCost.Domain.Ingestion;

namespace DdocCost.App.Ingest.Push;

/// <summary>Words and figures of the page.</summary>
internal static class PushText
{
    private const int MostNamed = 3;

    /// <summary>How a sender proves itself.</summary>
    public static string Of(PushKind kind) => kind switch { PushKind.Signature => "signed requests", PushKind.SnsTopic => "SNS topic", _ => "token" };

    /// <summary>The state of an agent.</summary>
    public static string Of(AgentState state) => state switch
    {
        AgentState.Connected => "connected",
        AgentState.Away => "not connected",
        AgentState.Revoked => "revoked",
        AgentState.Troubled => "in trouble",
        _ => "announced",
    };

    /// <summary>Its colour.</summary>
    public static string Tone(AgentState state) => state switch { AgentState.Connected => "fine", AgentState.Away or AgentState.Troubled => "bad", _ => "" };

    /// <summary>For which accounts.</summary>
    public static string Scope(IReadOnlyList<string> accounts) => accounts.Count == 0 ? "any account"
        : string.Join(", ", accounts.Take(MostNamed)) + (accounts.Count > MostNamed ? $" and {accounts.Count - MostNamed} more" : "");

    /// <summary>How late records come.</summary>
    public static string Delay(SourceTally? tally) =>
        tally?.Delays.Percentile(0.5) is { } half && tally.Delays.Percentile(0.95) is { } most ? $"{Measure.Span(half)} / {Measure.Span(most)}" : "–";

    /// <summary>What could not be used.</summary>
    public static string Rejected(SourceTally? tally) =>
        tally is { Rejected: > 0 } ? $"{Usd.Count(tally.Rejected)} in quarantine" : "";

    /// <summary>Age of the newest thing a source gave.</summary>
    public static string Lag(AgentSource source) => source.Lag is { } lag ? $", {Measure.Span(lag)} behind" : "";

    /// <summary>What waits.</summary>
    public static string Bytes(long bytes) => bytes < 1 << 10 ? "nothing" : Measure.Bytes(bytes);
}
