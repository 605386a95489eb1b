namespace DdocCost.Domain.Notify;

/// <summary>A digest as it is read: pages, mails and chats render the same.</summary>
/// <param name="Title">One line, such as <c>Costs on Tuesday, 24 November: $12.4/h running, 2 new cases</c>.</param>
/// <param name="From">Begin of the period, UTC.</param>
/// <param name="To">End of the period, UTC; exclusive.</param>
/// <param name="TimeZone">IANA name of the zone in which its days are meant.</param>
/// <param name="Figures">The few numbers that stand on top.</param>
/// <param name="Sections">What follows, in order; empty where there is nothing to say.</param>
public sealed record Digest(
    string Title, DateTimeOffset From, DateTimeOffset To, string TimeZone, IReadOnlyList<DigestFigure> Figures, IReadOnlyList<DigestSection> Sections)
{
    /// <summary>Nothing to say: the title says so, and nothing follows.</summary>
    public bool IsQuiet => Sections.Count == 0;

    /// <summary>What ran, USD per hour, by hour of the period; for a chart. Empty where not known.</summary>
    public IReadOnlyList<decimal> ExposureByHour { get; init; } = [];
}

/// <summary>A number with its name.</summary>
/// <param name="Name">Such as <c>Running now</c>.</param>
/// <param name="Value">As shown, such as <c>$12.4/h</c>.</param>
/// <param name="Change">Against the period before, such as <c>+$3.1/h</c>; empty where there is nothing to compare with.</param>
public sealed record DigestFigure(string Name, string Value, string Change = "");

/// <summary>A heading with lines.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Lines">At least one.</param>
/// <param name="More">How many more there are that are not listed.</param>
public sealed record DigestSection(string Title, IReadOnlyList<DigestLine> Lines, int More = 0);

/// <summary>One line of a section.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Value">What stands at the right, such as an amount; may be empty.</param>
/// <param name="CaseId">The case it is about, for a link, or null.</param>
public sealed record DigestLine(string Text, string Value = "", string? CaseId = null);
