namespace DdocCost.Domain.Access;

/// <summary>What a person or a token may do. Each role may do what the ones before it may.</summary>
public enum AccessRole
{
    /// <summary>Look.</summary>
    Viewer = 0,

    /// <summary>Decide on cases and findings: acknowledge, snooze, expect, note, keep.</summary>
    Responder,

    /// <summary>Everything: settings, people, the job dashboard.</summary>
    Administrator,
}
