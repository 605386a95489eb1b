namespace DdocCost.Domain.Governance;

/// <summary>The panic switch as the database keeps it, which is the truth. Document; there is one an installation.</summary>
public sealed record PanicRecord
{
    /// <summary>The id of the one.</summary>
    public const string TheId = "panic";

    /// <summary>Always <see cref="TheId"/>.</summary>
    public string Id { get; init; } = TheId;

    /// <summary>What it stands at.</summary>
    public required PanicState State { get; init; }
}

/// <summary>The mode somebody gave a flag. Document; its id is the flag's name.</summary>
/// <param name="Id">Name.</param>
/// <param name="Mode">Mode.</param>
/// <param name="By">Who.</param>
/// <param name="At">When, UTC.</param>
public sealed record FlagSetting(string Id, FlagMode Mode, string By, DateTimeOffset At);
