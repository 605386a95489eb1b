using System.Text.Json.Serialization;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;
using DdocCost.Domain.Wording;

namespace DdocCost.Domain.Notify;

/// <summary>What is told, complete in itself: an adapter needs nothing else to render it. Kept as JSON with the message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = KindProperty)]
[JsonDerivedType(typeof(CaseOpened), "case-opened")]
[JsonDerivedType(typeof(CaseEscalated), "case-escalated")]
[JsonDerivedType(typeof(CaseChanged), "case-changed")]
[JsonDerivedType(typeof(CaseClosed), "case-closed")]
[JsonDerivedType(typeof(StormNotice), "storm")]
[JsonDerivedType(typeof(DigestNotice), "digest")]
[JsonDerivedType(typeof(HeartbeatNotice), "heartbeat")]
[JsonDerivedType(typeof(HealthAlarm), "health-alarm")]
[JsonDerivedType(typeof(TestNotice), "test")]
public abstract record Notice
{
    private protected Notice()
    {
    }

    /// <summary>Where its JSON says which it is.</summary>
    public const string KindProperty = "notice";

    /// <summary>How loud.</summary>
    [JsonIgnore]
    public abstract Severity Severity { get; }

    /// <summary>One line of plain text: a mail's subject, a notification's preview.</summary>
    [JsonIgnore]
    public abstract string Headline { get; }
}

/// <summary>Something about a case.</summary>
public abstract record CaseNotice : Notice
{
    private protected CaseNotice()
    {
    }

    /// <summary>The case as it was then.</summary>
    public required AnomalyCase Case { get; init; }

    /// <summary>What people had decided of it, oldest first.</summary>
    public IReadOnlyList<CaseRemark> Decisions { get; init; } = [];

    /// <summary>Commands that end what still ran; null where nothing ran, and with what interrupts nobody.</summary>
    public UndoPlan? Undo { get; init; }

    /// <summary>How the event that made us speak became known; null where no event did, but a person or the clock.</summary>
    public TimeToKnow? Known { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Severity Severity => Case.Severity;
}

/// <summary>A case is new.</summary>
public sealed record CaseOpened : CaseNotice
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => Case.Title;
}

/// <summary>A case is louder or dearer than was told, or nobody has taken notice of it in time: to be heard like a new one.</summary>
public sealed record CaseEscalated : CaseNotice
{
    /// <summary>Why we speak again, such as <c>nobody has acknowledged it for 30 minutes</c>.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => $"{Case.Title} ({Reason})";
}

/// <summary>A case has moved on, for whoever reads along: brings an earlier message up to date, interrupts nobody.</summary>
public sealed record CaseChanged : CaseNotice
{
    /// <summary>What changed, such as <c>alice acknowledged it</c>.</summary>
    public required string What { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => $"{What}: {Case.Title}";
}

/// <summary>A case is over: all that it had started has stopped, or somebody said that it is as it should be.</summary>
public sealed record CaseClosed : CaseNotice
{
    /// <summary>What it had cost by then, USD.</summary>
    public required decimal SpentUsd { get; init; }

    /// <summary>What stopping it saved against leaving it alone for 30 days, USD (see <c>CaseMoney.Avoided</c>); null where nothing was stopped.</summary>
    public required decimal? AvoidedUsd { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => $"{(Case.End == CaseEnd.Stopped ? "Over" : "Closed")}: {Case.Title}";
}

/// <summary>Too many cases at once for one message each: one message that names them.</summary>
public sealed record StormNotice : Notice
{
    /// <summary>The dearest of them, at most 20.</summary>
    public required IReadOnlyList<AnomalyCase> Cases { get; init; }

    /// <summary>How many there are in all.</summary>
    public required int Count { get; init; }

    /// <summary>What they cost together, USD per hour.</summary>
    public required decimal UsdPerHour { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Severity Severity => Cases.Count == 0 ? Severity.Info : Cases.Max(anomaly => anomaly.Severity);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => $"{Count} more {(Count == 1 ? "case" : "cases")}, together {Usd.PerHour(UsdPerHour)}";
}

/// <summary>A summary of a day or a week.</summary>
public sealed record DigestNotice : Notice
{
    /// <summary>What it says.</summary>
    public required Digest Digest { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => Digest.Title;
}

/// <summary>Once a day: we are here, and this is what we saw.</summary>
public sealed record HeartbeatNotice : Notice
{
    /// <summary>Sentences for a person, such as <c>12,310 records of 7 accounts in 24 hours</c>.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => "dd0c/cost is watching";
}

/// <summary>Something of ours does not work, or works again.</summary>
public sealed record HealthAlarm : Notice
{
    /// <summary>What it is about, stable while it lasts, such as <c>trail:123456789012</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What is known, and what to do.</summary>
    public required string Text { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>It is over.</summary>
    public bool IsOver { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Severity Severity => IsOver ? Severity.Info : Severity.Critical;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => Title;
}

/// <summary>Somebody pressed the test button of a channel.</summary>
public sealed record TestNotice : Notice
{
    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Headline => $"A test message from dd0c/cost, asked for by {By}";
}

/// <summary>What somebody decided or said of a case.</summary>
/// <param name="Text">Such as <c>acknowledged</c> or <c>snoozed until 14 Nov 09:00 UTC</c>.</param>
/// <param name="By">Who.</param>
/// <param name="At">When, UTC.</param>
public sealed record CaseRemark(string Text, string By, DateTimeOffset At);
