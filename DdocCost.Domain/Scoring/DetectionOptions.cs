using System.ComponentModel.DataAnnotations;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// All parameters of detection. None of them names a scenario, a service or a size: they say what money matters, what is assumed before
/// anything is known, and how long things are remembered.
/// </summary>
public sealed record DetectionOptions
{
    /// <summary>The defaults.</summary>
    public static readonly DetectionOptions Default = new();

    /// <summary>What interrupting somebody costs, USD: an alert is worth it where the expected loss is larger.</summary>
    /// <value>Default 15, about ten minutes of an engineer. From 1 to 100,000.</value>
    [Range(1, 100_000)]
    public double InterruptionUsd { get; init; } = 15;

    /// <summary>What besides is too small to matter in a large account, as a share of what the account usually spends in a day.</summary>
    /// <value>Default 0.01: an account of 500 USD/h does not get up for less than 5 USD/h. From 0 to 1.</value>
    [Range(0, 1)]
    public double ImmaterialShare { get; init; } = 0.01;

    /// <summary>Critical from this many times the price of an interruption at risk within a day.</summary>
    /// <value>Default 16: 10 USD/h in a small account. From 1 to 1,000.</value>
    [Range(1, 1_000)]
    public double CriticalFactor { get; init; } = 16;

    /// <summary>Within how many hours somebody would notice without us: the horizon of money at risk.</summary>
    /// <value>Default 24: the bill of a day is seen the day after. From 1 to 168.</value>
    [Range(1, 168)]
    public double HoursToNotice
    {
        get;
        init => (field, LogHoursToNotice) = (value, Math.Log(value));
    } = 24;

    /// <summary>Its natural logarithm, taken once.</summary>
    internal double LogHoursToNotice { get; private init; } = Math.Log(24);

    /// <summary>Share of cost events that are unwanted, before anything is known of one.</summary>
    /// <value>Default 0.005. Lower needs more evidence for the same alert. From 1e-6 to 0.5.</value>
    [Range(1e-6, 0.5)]
    public double BaseRate { get; init; } = 0.005;

    /// <summary>Cost events a week in an account for which <see cref="BaseRate"/> holds; with fewer, each is likelier to be unwanted.</summary>
    /// <value>Default 200: one unwanted event a week at the default rate. From 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public double EventsPerWeek { get; init; } = 200;

    /// <summary>Amounts below are all alike, USD a day; keeps cents out of the logarithms.</summary>
    /// <value>Default 3, a fifth of an interruption. From 0.01 to 100.</value>
    [Range(0.01, 100)]
    public double CentsUsdPerDay { get; init; } = 3;

    /// <summary>What an account's busiest hour of a day adds where nothing is known of the account, USD a day (geometric mean).</summary>
    /// <value>Default 5: one or two small machines. From 0.1 to 10,000.</value>
    [Range(0.1, 10_000)]
    public double PriorUsdPerDay
    {
        get;
        init => (field, LogPriorUsdPerDay) = (value, Math.Log(value));
    } = 5;

    /// <summary>Its natural logarithm, taken once.</summary>
    internal double LogPriorUsdPerDay { get; private init; } = Math.Log(5);

    /// <summary>How many starts an account's busiest hour of a day has where nothing is known of the account (geometric mean).</summary>
    /// <value>Default 3. From 1 to 1,000.</value>
    [Range(1, 1_000)]
    public double PriorStarts
    {
        get;
        init => (field, LogPriorStarts) = (value, Math.Log(value));
    } = 3;

    /// <summary>Its natural logarithm, taken once.</summary>
    internal double LogPriorStarts { get; private init; } = Math.Log(3);

    /// <summary>By what factor the usual amounts of accounts differ, and of actors, types and causes within one (one standard deviation of logarithms).</summary>
    /// <value>Default 4. From 1.5 to 100.</value>
    [Range(1.5, 100)]
    public double BetweenFactor
    {
        get;
        init => (field, LogBetweenFactor) = (value, Math.Log(value));
    } = 4;

    /// <summary>Its natural logarithm, taken once.</summary>
    internal double LogBetweenFactor { get; private init; } = Math.Log(4);

    /// <summary>By what factor amounts vary from day to day where nothing is known yet (one standard deviation of logarithms).</summary>
    /// <value>Default 2. From 1.1 to 100.</value>
    [Range(1.1, 100)]
    public double WithinFactor
    {
        get;
        init => (field, LogWithinFactor) = (value, Math.Log(value));
    } = 2;

    /// <summary>Its natural logarithm, taken once.</summary>
    internal double LogWithinFactor { get; private init; } = Math.Log(2);

    /// <summary>Least factor by which any amount varies, however constant it has been.</summary>
    /// <value>Default 1.5: half as much again is nothing to speak of. From 1.05 to 10.</value>
    [Range(1.05, 10)]
    public double LeastFactor
    {
        get;
        init => (field, LogLeastFactor) = (value, Math.Log(value));
    } = 1.5;

    /// <summary>Its natural logarithm, taken once.</summary>
    internal double LogLeastFactor { get; private init; } = Math.Log(1.5);

    /// <summary>How many observations what is assumed weighs: until then a baseline leans on the next wider one.</summary>
    /// <value>Default 3. From 0.1 to 100.</value>
    [Range(0.1, 100)]
    public double PriorWeight { get; init; } = 3;

    /// <summary>At most so many observations count as support; tails stay heavy, because cost is never normal.</summary>
    /// <value>Default 30. From 3 to 1,000.</value>
    [Range(3, 1_000)]
    public double MostWeight { get; init; } = 30;

    /// <summary>Learned values are clipped to so many deviations around what is usual, so that an incident does not teach itself.</summary>
    /// <value>Default 2. From 1 to 10.</value>
    [Range(1, 10)]
    public double Winsor { get; init; } = 2;

    /// <summary>
    /// The same above what is usual, once that stands on as many observations as are assumed: what grows by small steps is told before it has become
    /// usual, because what is usual climbs more slowly.
    /// </summary>
    /// <value>Default 1.5. From 0.1 to 10.</value>
    [Range(0.1, 10)]
    public double Step { get; init; } = 1.5;

    /// <summary>After this time a past day counts half.</summary>
    /// <value>Default 30 days, a month's rhythm. From 1 to 365 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan Memory
    {
        get;
        init => (field, KeptByWeek) = (value, Weekly(value));
    } = TimeSpan.FromDays(30);

    /// <summary>What is left of a week after so many weeks, taken once; after half a year nothing is.</summary>
    internal double[] KeptByWeek { get; private init; } = Weekly(TimeSpan.FromDays(30));

    /// <summary>Half-life of the short window: how close launches must be to count as one burst.</summary>
    /// <value>Default 30 minutes. From 5 minutes to 6 hours.</value>
    [Range(typeof(TimeSpan), "00:05:00", "06:00:00")]
    public TimeSpan Burst { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Half-life of the long window, in which a leak of small things adds up; what is younger than a quarter of it hardly counts yet.</summary>
    /// <value>Default 1 day. From 6 hours to 30 days.</value>
    [Range(typeof(TimeSpan), "06:00:00", "30.00:00:00")]
    public TimeSpan Leak { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How fast what is new stops being new: its weight halves in this time.</summary>
    /// <value>Default 1 day. From 1 hour to 30 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan Novelty { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// What was flagged is learned when it kept happening, on working days or every week at its hour, and nobody objected for this long, or for as long
    /// as the account had been known if that was shorter. What ended by itself, or was stopped by the automation that had started it, is learned when it
    /// comes again at its hour of the day.
    /// </summary>
    /// <value>Default 6 days. From 1 hour to 90 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan Acceptance { get; init; } = TimeSpan.FromDays(6);

    /// <summary>On how many days it must have been flagged to have "kept happening": a mistake made twice is no habit.</summary>
    /// <value>Default 3. From 1 to 30.</value>
    [Range(1, 30)]
    public int AcceptedDays { get; init; } = 3;

    private static double[] Weekly(TimeSpan memory) => [.. Enumerable.Range(0, 26).Select(weeks => DecayingSum.Decay(TimeSpan.FromDays(7 * weeks), memory))];
}
