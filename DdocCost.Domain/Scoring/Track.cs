namespace DdocCost.Domain.Scoring;

/// <summary>
/// Money that an account, an actor, a resource type or a cause adds, in a short and in a long window, and how much that usually is.
/// Immutable, of constant size.
/// </summary>
public sealed record Track
{
    /// <summary>Nothing seen.</summary>
    public static readonly Track Empty = new();

    /// <summary>From when on it counts as known, UTC: its first event that was not flagged. The default value: never seen.</summary>
    public DateTimeOffset KnownFrom { get; init; }

    /// <summary>Latest event, UTC; what was not seen for longest is forgotten first.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Added lately, stops not taken out: bursts.</summary>
    public Window Burst { get; init; } = Window.Empty;

    /// <summary>Added over days, less what was stopped again, what was flagged left out: leaks.</summary>
    public Window Leak { get; init; } = Window.Empty;

    /// <summary>Refused calls lately.</summary>
    public DecayingSum Refused { get; init; }

    /// <summary>Whether nothing that was not flagged has been seen.</summary>
    public bool IsNew => KnownFrom == default;

    /// <summary>Moves on to a time: closes past days, accepts what waited long enough.</summary>
    public Track Roll(DateTimeOffset time, Norm prior, TimeSpan patience, DetectionOptions options) => this with
    {
        KnownFrom = IsNew && Burst.Held.IsDue(time, patience) ? Burst.Held.Since : KnownFrom,
        Burst = Burst.Roll(time, prior.Burst, patience, options),
        Leak = Leak.Roll(time, prior.Leak, patience, options),
    };

    /// <summary>What to expect of it.</summary>
    public Norm Expect(Norm prior, DetectionOptions options) => new(Burst.Expect(prior.Burst, options), Leak.Expect(prior.Leak, options));

    /// <summary>With an event's money in both windows.</summary>
    public Track Add(double usdPerDay, DateTimeOffset time, DetectionOptions options) => this with
    {
        LastSeen = time > LastSeen ? time : LastSeen,
        Burst = Burst.Add(usdPerDay, time, options.Burst),
        Leak = Leak.Add(usdPerDay, time, options.Leak),
    };

    /// <summary>Without what stopped, in the long window: it does not leak.</summary>
    public Track TakeBack(double usdPerDay, DateTimeOffset since, DetectionOptions options) =>
        this with { Leak = Leak.TakeBack(usdPerDay, since, options.Leak) };

    /// <summary>Learns from an event that was not flagged.</summary>
    public Track Learn(DateTimeOffset time) => this with
    {
        KnownFrom = IsNew || time < KnownFrom ? time : KnownFrom,
        Burst = Burst.Note(flagged: false, time),
        Leak = Leak.Note(flagged: false, time),
    };

    /// <summary>Holds back what was flagged; it has been told, so it leaves the long window.</summary>
    public Track Hold(double usdPerDay, DateTimeOffset time, DetectionOptions options)
    {
        var held = this with { Burst = Burst.Note(flagged: true, time), Leak = Leak.Note(flagged: true, time) };
        return held.TakeBack(usdPerDay, time, options);
    }

    /// <summary>How new it still is at a time, 1 (never seen) to 0.</summary>
    public double Newness(DateTimeOffset time, TimeSpan halfLife) => IsNew ? 1 : DecayingSum.Decay(time - KnownFrom, halfLife);
}

/// <summary>What to expect of a track's windows.</summary>
/// <param name="Burst">Of the short one.</param>
/// <param name="Leak">Of the long one.</param>
public readonly record struct Norm(Expectation Burst, Expectation Leak)
{
    /// <summary>Where nothing is known.</summary>
    public static Norm Prior(DetectionOptions options) => new(Expectation.Prior(options), Expectation.Prior(options));
}
