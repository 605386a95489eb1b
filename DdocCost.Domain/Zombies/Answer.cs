namespace DdocCost.Domain.Zombies;

/// <summary>
/// Yes, no, or not enough data with the reason: what a rule says of a resource. Combines by Kleene's logic, so one certain "no" decides
/// whatever else is unknown. The default is "no".
/// </summary>
public readonly record struct Answer
{
    private readonly Kind kind;

    private Answer(Kind kind, string? reason) => (this.kind, Reason) = (kind, reason);

    private enum Kind
    {
        No,
        Unclear,
        Yes,
    }

    /// <summary>Certainly.</summary>
    public static Answer Yes { get; } = new(Kind.Yes, null);

    /// <summary>Certainly not.</summary>
    public static Answer No { get; }

    /// <summary>There is not enough data, and why.</summary>
    public static Answer Unclear(string reason) => new(Kind.Unclear, reason);

    /// <summary>Whether it is a yes.</summary>
    public bool IsYes => kind == Kind.Yes;

    /// <summary>Whether it is a no.</summary>
    public bool IsNo => kind == Kind.No;

    /// <summary>Why there is not enough data; null for yes and no.</summary>
    public string? Reason { get; }

    /// <summary>A certain answer.</summary>
    public static implicit operator Answer(bool certain) => certain ? Yes : No;

    /// <summary>Both: the lesser of the two.</summary>
    public static Answer operator &(Answer a, Answer b) => a.kind <= b.kind ? a : b;

    /// <summary>Either: the greater of the two.</summary>
    public static Answer operator |(Answer a, Answer b) => a.kind >= b.kind ? a : b;

    /// <summary>The opposite; what is unclear stays so.</summary>
    public static Answer operator !(Answer a) => a.kind switch { Kind.Yes => No, Kind.No => Yes, _ => a };
}
