using DdocCost.Domain.Undo;

namespace DdocCost.Jobs.Notify.Channels.Stories;

/// <summary>How a message looks at first sight.</summary>
public enum Tone
{
    /// <summary>To be read some time.</summary>
    Calm = 0,

    /// <summary>Something ended well.</summary>
    Good,

    /// <summary>To be looked at today.</summary>
    Warning,

    /// <summary>To be looked at now.</summary>
    Critical,
}

/// <summary>
/// A notice in words, before any channel has dressed it. Every text in it is plain, on one line unless it says otherwise, and passed through
/// <see cref="DdocCost.Domain.Wording.SafeText"/>; channels escape it by their own rules and cut it to their own limits.
/// </summary>
public sealed record Story
{
    /// <summary>Stable name of the kind, such as <c>case.opened</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How it looks.</summary>
    public required Tone Tone { get; init; }

    /// <summary>What a person reads first, also as a mail's subject.</summary>
    public required string Headline { get; init; }

    /// <summary>A sentence below it; empty where there is none.</summary>
    public string Lead { get; init; } = "";

    /// <summary>Short facts, the most important first.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>What follows them.</summary>
    public IReadOnlyList<StorySection> Sections { get; init; } = [];

    /// <summary>How to end what runs; null where nothing does.</summary>
    public UndoPlan? Undo { get; init; }

    /// <summary>The case it is about, or null.</summary>
    public string? CaseId { get; init; }

    /// <summary>Whether people may still decide something about the case.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What changed since the last message, for a reader of the thread; empty for the first one.</summary>
    public string News { get; init; } = "";

    /// <summary>Page with all of it; null where the public address is not configured.</summary>
    public Uri? Link { get; init; }

    /// <summary>How it became known, and by whom it was sent.</summary>
    public string Footer { get; init; } = "";

    /// <summary>A chart for channels that can show pictures, or null.</summary>
    public StoryChart? Chart { get; init; }
}

/// <summary>Values at equal steps of time.</summary>
/// <param name="Title">What is shown, with its unit.</param>
/// <param name="Values">At least two, never negative.</param>
/// <param name="Known">How many of them have happened; the rest is what will be if nobody acts.</param>
/// <param name="Begin">What stands at the left end of the axis.</param>
/// <param name="End">What stands at its right end.</param>
public sealed record StoryChart(string Title, IReadOnlyList<decimal> Values, int Known, string Begin, string End);

/// <summary>A short fact.</summary>
/// <param name="Name">Such as <c>Who</c>.</param>
/// <param name="Value">Such as <c>deploy-bot</c>.</param>
public sealed record Fact(string Name, string Value);

/// <summary>A heading with lines.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Lines">At least one.</param>
public sealed record StorySection(string Title, IReadOnlyList<StoryLine> Lines);

/// <summary>A line of a section.</summary>
/// <param name="Text">What.</param>
/// <param name="Value">What stands at its right, such as an amount; may be empty.</param>
/// <param name="Link">Where it leads, or null.</param>
public sealed record StoryLine(string Text, string Value = "", Uri? Link = null);
