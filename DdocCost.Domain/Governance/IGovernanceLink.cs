namespace DdocCost.Domain.Governance;

/// <summary>The way to what all processes share of panic switch, flags and breakers beside the database.</summary>
public interface IGovernanceLink
{
    /// <summary>Since when it has not answered, UTC; null while it does. What was last known then stands, and the database decides what changes.</summary>
    DateTimeOffset? AwaySince { get; }
}
