using JasperFx.Metadata;

namespace DdocCost.App.Anomalies;

/// <summary>
/// What people said of a case. Document; its id is the case's. Kept apart from the case, which the pipeline alone writes, so that neither
/// overwrites the other.
/// </summary>
public sealed class CaseTriage : IVersioned
{
    /// <summary>The case's id.</summary>
    public required string Id { get; set; }

    /// <summary>Who has taken notice, or null.</summary>
    public Signature? Acknowledged { get; set; }

    /// <summary>Remarks, oldest first, at most <see cref="MostNotes"/>.</summary>
    public List<CaseNote> Notes { get; set; } = [];

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }

    /// <summary>As many notes as a case keeps.</summary>
    public const int MostNotes = 200;
}

/// <summary>Who, when.</summary>
/// <param name="By">Name as signed in.</param>
/// <param name="At">UTC.</param>
public sealed record Signature(string By, DateTimeOffset At);

/// <summary>A remark.</summary>
/// <param name="By">Name as signed in.</param>
/// <param name="At">UTC.</param>
/// <param name="Text">At most 2,000 characters.</param>
public sealed record CaseNote(string By, DateTimeOffset At, string Text)
{
    /// <summary>Longest text, characters.</summary>
    public const int Longest = 2000;
}
