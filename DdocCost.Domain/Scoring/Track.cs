using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// Money that an account, an actor, a resource type or a cause adds, in a short and in a long window, and how much that usually is.
/// Of constant size. It changes in place, because every event touches five of them: whoever hands one out, or takes one in, copies it.
/// </summary>
public sealed record Track
{
    /// <summary>Under which it is kept in a table; null as long as it is in none.</summary>
    [JsonIgnore]
    internal string? Name { get; set; }

    /// <summary>What its events are called as the cause of a case; known of causes that were scored since they were loaded.</summary>
    [JsonIgnore]
    internal string? Label { get; set; }

    /// <summary>From when on it counts as known, UTC: its first event that was not flagged. The default value: never seen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DateTimeOffset KnownFrom { get; internal set; }

    /// <summary>What its being new said when it first was seen, nats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public double FirstNovelty { get; internal set; }

    /// <summary>Latest event, UTC; what was not seen for longest is forgotten first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DateTimeOffset LastSeen { get; internal set; }

    /// <summary>Added lately, stops not taken out: bursts.</summary>
    [JsonInclude]
    public Window Burst { get; internal set; } = new();

    /// <summary>Starts lately, whatever they cost: many small launches are one thing.</summary>
    [JsonInclude]
    public Window Pace { get; internal set; } = new();

    /// <summary>How long what it started ran; known of causes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public Lifetimes Lifetimes { get; internal set; }

    /// <summary>What of it still runs, as far as it ends by being stopped; known of causes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public Standing Standing { get; internal set; }

    /// <summary>Whether it keeps its hours; known of causes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public Schedule Schedule { get; internal set; }

    /// <summary>Added over days, less what was stopped again, what was flagged left out: leaks.</summary>
    [JsonInclude]
    public Window Leak { get; internal set; } = new();

    /// <summary>Starts over days, whatever they cost: many small launches far apart are one thing as well.</summary>
    [JsonInclude]
    public Window Tally { get; internal set; } = new();

    /// <summary>Refused calls lately.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DecayingSum Refused { get; internal set; }

    /// <summary>Since when it goes on after something of it was told, UTC. The default value: nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DateTimeOffset SuspectFrom { get; internal set; }

    /// <summary>When it last went on, UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DateTimeOffset SuspectAt { get; internal set; }

    /// <summary>Whether nothing that was not flagged has been seen.</summary>
    [JsonIgnore]
    public bool IsNew => KnownFrom == default;

    /// <summary>Moves on to a time: closes past days, accepts what waited long enough.</summary>
    public void Roll(DateTimeOffset time, in Norm prior, DateTimeOffset knownSince, DetectionOptions options, bool isOfCause = false)
    {
        var (hour, held) = (Burst.Hour, Burst.Held);
        Burst.Roll(time, prior.Burst, knownSince, isOfCause, options.Burst, options);
        Pace.Roll(time, prior.Pace, knownSince, isOfCause, options.Burst, options);
        Leak.Roll(time, prior.Leak, knownSince, isOfCause, options.Leak, options);
        Tally.Roll(time, prior.Tally, knownSince, isOfCause, options.Leak, options);
        if (isOfCause && Burst.Hour != hour && held.IsDue(time, knownSince, options))
        {
            // What is accepted may keep other hours than what was before.
            (KnownFrom, Schedule) = (IsNew ? held.Since : KnownFrom, Schedule.Evidence(time) > 0 ? default : Schedule);
        }
    }

    /// <summary>Is known as soon as a cause that it is part of is.</summary>
    internal void KnowWith(Track cause) => KnownFrom = IsNew ? cause.KnownFrom : KnownFrom;

    /// <summary>One that changes apart from this.</summary>
    public Track Copy() => this with { Burst = Burst.Copy(), Pace = Pace.Copy(), Leak = Leak.Copy(), Tally = Tally.Copy() };

    /// <summary>What to expect of it.</summary>
    public Norm Expect(in Norm prior, DetectionOptions options) => new(
        Burst.Expect(prior.Burst, options), Pace.Expect(prior.Pace, options), Leak.Expect(prior.Leak, options), Tally.Expect(prior.Tally, options));

    /// <summary>Takes an event's money into its windows.</summary>
    /// <param name="atRisk">USD at risk within a day, given how long such things live.</param>
    /// <param name="lasting">USD within a day if it is left running.</param>
    /// <param name="time">When, UTC.</param>
    /// <param name="options">Parameters.</param>
    /// <param name="ordinary">What of the money at risk is usual for its cause.</param>
    /// <param name="ordinaryStarts">The same of the start, within the hour.</param>
    /// <param name="ordinaryTally">The same over days.</param>
    public void Add(
        double atRisk, double lasting, DateTimeOffset time, DetectionOptions options, double ordinary = 0, double ordinaryStarts = 0, double ordinaryTally = 0)
    {
        LastSeen = time > LastSeen ? time : LastSeen;
        Burst.Add(atRisk, time, options.Burst, ordinary: ordinary);
        Pace.Add(1, time, options.Burst, ordinary: ordinaryStarts);
        Leak.Add(lasting, time, options.Leak, options.Leak / 4);
        Tally.Add(1, time, options.Leak, ordinary: ordinaryTally);
    }

    /// <summary>Takes what an event starts in among what runs; what has stayed by now is counted.</summary>
    internal void AddStanding(in Sighting s, DetectionOptions options)
    {
        var life = Lifetimes.Expect(options);
        var (standing, stayed) = Standing.WithoutStayed(s.Time, life);
        Standing = s.UsdPerHour > 0 && !s.EndsByItself(options) && !s.IsCommitment ? standing.With(s.UsdPerHour, s.Time, life) : standing;
        Lifetimes = Lifetimes.WithStayed(stayed);
    }

    /// <summary>Takes what stopped out of the long window: it does not leak. How high that stood until now was ordinary.</summary>
    /// <param name="usdPerDay">USD a day that stopped.</param>
    /// <param name="since">When it had started, UTC.</param>
    /// <param name="time">When it stopped, UTC.</param>
    /// <param name="options">Parameters.</param>
    public void TakeBack(double usdPerDay, DateTimeOffset since, DateTimeOffset time, DetectionOptions options)
    {
        Leak.Add(0, time, options.Leak, options.Leak / 4);
        Leak.Note();
        Leak.TakeBack(usdPerDay, since, options.Leak, options.Leak / 4);
    }

    /// <summary>Learns from an event that was not flagged.</summary>
    /// <param name="time">When, UTC.</param>
    /// <param name="novelty">What its being new said, nats.</param>
    /// <param name="isSuspect">Whether it may be more of what was told: it teaches no level then.</param>
    public void Learn(DateTimeOffset time, double novelty, bool isSuspect = false)
    {
        FirstNovelty = IsNew ? novelty : FirstNovelty;
        KnownFrom = IsNew || time < KnownFrom ? time : KnownFrom;
        if (!isSuspect)
        {
            Leak.Note();
            Burst.Note();
            Pace.Note();
            Tally.Note();
        }
    }

    /// <summary>Notes that something of it was told, after it was held back.</summary>
    internal void Told(DateTimeOffset time)
    {
        Change(held => held with { WasTold = true });
        Burst.Growth = Burst.Growth with { Rise = 0 };
        SuspectFrom = GoesOn(time) ? SuspectFrom : time;
        SuspectAt = time > SuspectAt ? time : SuspectAt;
    }

    /// <summary>
    /// Whether it still goes on after something of it was told: then it teaches nothing, for as long as what is flagged waits to be accepted.
    /// </summary>
    internal bool IsSuspect(DateTimeOffset time, DetectionOptions options)
    {
        if (!GoesOn(time) || time - SuspectFrom > options.Acceptance)
        {
            return false;
        }

        SuspectAt = time > SuspectAt ? time : SuspectAt;
        return true;
    }

    private bool GoesOn(DateTimeOffset time) => SuspectAt != default && (time - SuspectAt).Duration() < Held.Separate;

    /// <summary>Holds back how high it stands, because of something flagged.</summary>
    public void Hold(DateTimeOffset time, bool endsByItself, in Norm norm)
    {
        Burst.Hold(time, endsByItself, norm.Burst, IsNew);
        Pace.Hold(time, endsByItself, norm.Pace, IsNew);
        Leak.Hold(time, endsByItself, norm.Leak, IsNew);
        Tally.Hold(time, endsByItself, norm.Tally, IsNew);
    }

    /// <summary>Takes out what was told: so much of the short window, of which so much was ordinary, and an event of the long one.</summary>
    public void TakeOut(double burst, double ordinary, double lasting, DateTimeOffset time, DetectionOptions options)
    {
        Burst.TakeBack(burst, Burst.Sum.At, options.Burst);
        Burst.Ordinary = Burst.Ordinary with { Value = Math.Max(0, Burst.Ordinary.Value - ordinary) };
        Leak.TakeBack(lasting, time, options.Leak, options.Leak / 4);
    }

    /// <summary>Takes a start out that was told: it is no part of what is done besides.</summary>
    public void TakeBackStart(DateTimeOffset time, DetectionOptions options)
    {
        Pace.TakeBack(1, time, options.Burst);
        Tally.TakeBack(1, time, options.Leak);
    }

    /// <summary>This day teaches nothing: it held the beginning of something that was told.</summary>
    public void ForgetDay()
    {
        (Burst.DayPeak, Pace.DayPeak, Leak.DayPeak, Tally.DayPeak) = (0, 0, 0, 0);
    }

    /// <summary>What is held has ended as it should: it need not wait longer.</summary>
    public void End() => Change(held => held with { HasEnded = true });

    /// <summary>What is held is ordinary, somebody said, or took that back.</summary>
    public void Accept(bool isAccepted) => Change(held => held with { IsAccepted = isAccepted });

    private void Change(Func<Held, Held> change)
    {
        Burst.Held = change(Burst.Held);
        Pace.Held = change(Pace.Held);
        Leak.Held = change(Leak.Held);
        Tally.Held = change(Tally.Held);
    }

    /// <summary>What its being new still says at a time, nats.</summary>
    /// <param name="time">When, UTC.</param>
    /// <param name="now">What a first time would say now, nats: it is that for what was never seen, and remembered for what was.</param>
    /// <param name="options">Parameters.</param>
    public double NoveltyAt(DateTimeOffset time, double now, DetectionOptions options) =>
        IsNew ? now : FirstNovelty == 0 ? 0 : FirstNovelty * DecayingSum.Decay(time - KnownFrom, options.Novelty);
}

/// <summary>What to expect of a track's windows.</summary>
/// <param name="Burst">Of the short one.</param>
/// <param name="Pace">Of the number of starts.</param>
/// <param name="Leak">Of the long one.</param>
/// <param name="Tally">Of the number of starts over days.</param>
public readonly record struct Norm(Expectation Burst, Expectation Pace, Expectation Leak, Expectation Tally)
{
    /// <summary>Where nothing is known.</summary>
    public static Norm Prior(DetectionOptions options)
    {
        var (money, starts) = (Expectation.OfMoney(options), Expectation.OfStarts(options));
        return new Norm(money, starts, money, starts);
    }
}
