namespace DdocCost.Domain.Anomalies;

/// <summary>What became of a decision.</summary>
public abstract record DecisionOutcome
{
    private DecisionOutcome()
    {
    }

    /// <summary>It stands now, and takes effect with the next batch of its account.</summary>
    /// <param name="Triage">What stands.</param>
    public sealed record Done(CaseTriage Triage) : DecisionOutcome;

    /// <summary>It stood already; nothing was written.</summary>
    /// <param name="Triage">What stands.</param>
    public sealed record Unchanged(CaseTriage Triage) : DecisionOutcome;

    /// <summary>This tenant has no such case.</summary>
    public sealed record NotFound : DecisionOutcome;

    /// <summary>It cannot be decided so.</summary>
    /// <param name="Reason">For the person.</param>
    public sealed record Refused(string Reason) : DecisionOutcome;
}
