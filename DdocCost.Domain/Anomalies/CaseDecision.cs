using System.Text.Json.Serialization;

namespace DdocCost.Domain.Anomalies;

/// <summary>What a person decides on a case. Each but a note can be undone by another, and each is harmless to repeat.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Acknowledge), "acknowledge")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(Snooze), "snooze")]
[JsonDerivedType(typeof(Unsnooze), "unsnooze")]
[JsonDerivedType(typeof(Expect), "expect")]
[JsonDerivedType(typeof(Wrong), "wrong")]
[JsonDerivedType(typeof(Reopen), "reopen")]
[JsonDerivedType(typeof(Note), "note")]
public abstract record CaseDecision
{
    private CaseDecision()
    {
    }

    /// <summary>What it is called in the audit log: <c>case.snooze</c>.</summary>
    [JsonIgnore]
    public string Action => $"case.{GetType().Name.ToLowerInvariant()}";

    /// <summary>I have seen it: it is not repeated, unless the money at risk doubles.</summary>
    public sealed record Acknowledge : CaseDecision;

    /// <summary>Takes the acknowledgement back.</summary>
    public sealed record Withdraw : CaseDecision;

    /// <summary>Silent until then, unless the money at risk doubles.</summary>
    /// <param name="Until">UTC; in the future, at most <see cref="CaseTriage.LongestSnooze"/> away.</param>
    public sealed record Snooze(DateTimeOffset Until) : CaseDecision;

    /// <summary>Ends a snooze.</summary>
    /// <param name="IsOver">Its time has come: what still runs is told again. Otherwise somebody ends it early, and knows.</param>
    public sealed record Unsnooze(bool IsOver = false) : CaseDecision;

    /// <summary>It is as it should be: closes the case, lets what it did be learned, and expects the like.</summary>
    /// <param name="Scope">For how long the like is expected.</param>
    /// <param name="Until">UTC; with <see cref="ExpectScope.Until"/> only: in the future, at most <see cref="CaseTriage.LongestExpectation"/> away.</param>
    public sealed record Expect(ExpectScope Scope, DateTimeOffset? Until = null) : CaseDecision;

    /// <summary>A false alarm, or of no use: closes the case, lets it be learned, and counts against the detector.</summary>
    public sealed record Wrong : CaseDecision;

    /// <summary>Undoes <see cref="Expect"/> and <see cref="Wrong"/>: nothing like it is expected any more, and what still runs is a case again.</summary>
    public sealed record Reopen : CaseDecision;

    /// <summary>A remark.</summary>
    /// <param name="Text">At most <see cref="CaseNote.Longest"/> characters.</param>
    public sealed record Note(string Text) : CaseDecision;
}

/// <summary>For how long what a case did is expected, from the same actor, of the same type, in the same account.</summary>
public enum ExpectScope
{
    /// <summary>This time: as long as events of the same cause would have joined the case.</summary>
    Once,

    /// <summary>From now on.</summary>
    Always,

    /// <summary>Until a date.</summary>
    Until,
}
