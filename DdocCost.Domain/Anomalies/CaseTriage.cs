using JasperFx.Metadata;

namespace DdocCost.Domain.Anomalies;

/// <summary>
/// What people said of a case. Document; its id is the case's. Kept apart from the case, which the pipeline alone writes, so that neither
/// overwrites the other.
/// </summary>
public sealed record CaseTriage : IVersioned
{
    /// <summary>As many notes as a case keeps.</summary>
    public const int MostNotes = 200;

    /// <summary>Farthest end of a snooze.</summary>
    public static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(90);

    /// <summary>Farthest date until which something is expected; what lasts longer is expected always.</summary>
    public static readonly TimeSpan LongestExpectation = TimeSpan.FromDays(366);

    /// <summary>The case's id.</summary>
    public required string Id { get; init; }

    /// <summary>Who has taken notice, or null.</summary>
    public Signature? Acknowledged { get; init; }

    /// <summary>Until when it is to be silent, or null.</summary>
    public CaseSnooze? Snoozed { get; init; }

    /// <summary>That it is as it should be, or a false alarm; null where nobody said so.</summary>
    public CaseVerdict? Settled { get; init; }

    /// <summary>Remarks, oldest first, at most <see cref="MostNotes"/>.</summary>
    public IReadOnlyList<CaseNote> Notes { get; init; } = [];

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }

    /// <summary>Whether a snooze holds at a time.</summary>
    public bool IsSnoozed(DateTimeOffset now) => Snoozed is { } snooze && snooze.Until > now;

    /// <summary>What stands after a decision. Pure; deciding the same twice is deciding it once.</summary>
    /// <returns>The same object where it changes nothing; otherwise what stands then, or why it is refused.</returns>
    public (CaseTriage Triage, string? Refusal) After(CaseDecision decision, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return decision switch
        {
            CaseDecision.Acknowledge => (Acknowledged is null ? this with { Acknowledged = signature } : this, null),
            CaseDecision.Withdraw => (Acknowledged is null ? this : this with { Acknowledged = null }, null),
            CaseDecision.Snooze snooze => Snooze(snooze.Until.ToUniversalTime(), signature),
            // Somebody may have snoozed it anew just when the clock came to end the old snooze.
            CaseDecision.Unsnooze { IsOver: true } when IsSnoozed(signature.At) => (this, null),
            CaseDecision.Unsnooze => (Snoozed is null ? this : this with { Snoozed = null }, null),
            CaseDecision.Expect expect => Expect(expect, signature),
            CaseDecision.Wrong => Settle(new CaseVerdict(CaseEnd.Wrong, null, null, signature)),
            CaseDecision.Reopen => (Settled is null ? this : this with { Settled = null }, null),
            CaseDecision.Note note => Note(note.Text.Trim(), signature),
            _ => throw new ArgumentOutOfRangeException(nameof(decision)),
        };
    }

    private (CaseTriage, string?) Snooze(DateTimeOffset until, Signature signature)
    {
        if (Refusal(until, signature.At, LongestSnooze, "A snooze") is { } refusal)
        {
            return (this, refusal);
        }

        return (Snoozed?.Until == until ? this : this with { Snoozed = new CaseSnooze(until, signature) }, null);
    }

    private (CaseTriage, string?) Expect(CaseDecision.Expect expect, Signature signature)
    {
        if (expect.Scope != ExpectScope.Until)
        {
            return Settle(new CaseVerdict(CaseEnd.Expected, expect.Scope, null, signature));
        }

        if (expect.Until is not { } told)
        {
            return (this, "Until when is it expected? A date is missing.");
        }

        var until = told.ToUniversalTime();
        return Refusal(until, signature.At, LongestExpectation, "What is expected until a date") is { } refusal
            ? (this, refusal)
            : Settle(new CaseVerdict(CaseEnd.Expected, expect.Scope, until, signature));
    }

    private (CaseTriage, string?) Settle(CaseVerdict verdict)
    {
        var isSame = Settled is { } known && known with { Signature = verdict.Signature } == verdict;
        return (isSame ? this : this with { Settled = verdict }, null);
    }

    private (CaseTriage, string?) Note(string text, Signature signature)
    {
        // The same words by the same person again are a button pressed, or a message delivered, twice.
        if (text.Length == 0 || (Notes.Count > 0 && Notes[^1] is var last && last.Text == text && last.By == signature.By))
        {
            return (this, null);
        }

        if (text.Length > CaseNote.Longest)
        {
            return (this, $"A note has at most {CaseNote.Longest} characters.");
        }

        return Notes.Count >= MostNotes
            ? (this, $"A case keeps at most {MostNotes} notes.")
            : (this with { Notes = [.. Notes, new CaseNote(signature.By, signature.At, text)] }, null);
    }

    private static string? Refusal(DateTimeOffset until, DateTimeOffset now, TimeSpan longest, string what)
    {
        if (until <= now)
        {
            return $"{what} ends in the future; that moment has passed.";
        }

        return until - now > longest ? $"{what} ends within {longest.TotalDays:0} days." : null;
    }
}

/// <summary>Who, when.</summary>
/// <param name="By">Name as signed in, or as the channel knows it.</param>
/// <param name="At">UTC.</param>
public sealed record Signature(string By, DateTimeOffset At);

/// <summary>That a case is to be silent for a while.</summary>
/// <param name="Until">UTC.</param>
/// <param name="Signature">Who said so, when.</param>
public sealed record CaseSnooze(DateTimeOffset Until, Signature Signature);

/// <summary>What people hold a case to have been.</summary>
/// <param name="End"><see cref="CaseEnd.Expected"/> or <see cref="CaseEnd.Wrong"/>.</param>
/// <param name="Scope">For how long the like is expected, or null where it was wrong.</param>
/// <param name="Until">UTC, where it is expected until a date.</param>
/// <param name="Signature">Who said so, when.</param>
public sealed record CaseVerdict(CaseEnd End, ExpectScope? Scope, DateTimeOffset? Until, Signature Signature);

/// <summary>A remark.</summary>
/// <param name="By">Name as signed in, or as the channel knows it.</param>
/// <param name="At">UTC.</param>
/// <param name="Text">At most <see cref="Longest"/> characters.</param>
public sealed record CaseNote(string By, DateTimeOffset At, string Text)
{
    /// <summary>Longest text, characters.</summary>
    public const int Longest = 2000;
}
