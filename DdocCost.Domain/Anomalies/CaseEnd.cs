namespace DdocCost.Domain.Anomalies;

/// <summary>How a case came to be closed.</summary>
public enum CaseEnd
{
    /// <summary>What it was about has stopped.</summary>
    Stopped,

    /// <summary>Somebody said that it is as it should be; it may still run.</summary>
    Expected,

    /// <summary>Somebody said that it was a false alarm; it may still run.</summary>
    Wrong,
}
