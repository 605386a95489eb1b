namespace DdocCost.Domain.Scoring;

/// <summary>What is normal for an account as a whole: rates, drift, what has been seen. One bounded document an account; its id is the account id.</summary>
/// <remarks>The scorer changes its own copy in place; what it hands out changes no more.</remarks>
public sealed record AccountProfile
{
    /// <summary>Account id, unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>First event, UTC: since when the account is known.</summary>
    public DateTimeOffset KnownSince { get; set; }

    /// <summary>Latest event time that is believed, UTC.</summary>
    public DateTimeOffset Clock { get; set; }

    /// <summary>Latest event time that was too far off to be believed, UTC; a second one like it is.</summary>
    public DateTimeOffset Doubted { get; set; }

    /// <summary>What usually runs, USD per hour: exposure averaged over time, flagged resources left out.</summary>
    public double UsualUsdPerHour { get; set; }

    /// <summary>Exposure at <see cref="Clock"/>, USD per hour, flagged resources left out.</summary>
    public double RunningUsdPerHour { get; set; }

    /// <summary>Until when <see cref="UsualUsdPerHour"/> is averaged, UTC.</summary>
    public DateTimeOffset AveragedAt { get; set; }

    /// <summary>Rate of resources that were flagged and wait to be accepted.</summary>
    public DecayingSum Flagged { get; set; }

    /// <summary>Logarithm of what one event of any type puts at risk within a day (USD).</summary>
    public Moments EventMoney { get; set; }

    /// <summary>Money the account added lately.</summary>
    public Track Track { get; init; } = new();

    /// <summary>How often what happens is new here.</summary>
    public NoveltyRates Novelty { get; set; }

    /// <summary>At which hours of the week something is started.</summary>
    public Rhythm Rhythm { get; init; } = new();

    /// <summary>Money each actor added lately, by actor id, bounded.</summary>
    public IReadOnlyList<NamedTrack> Actors { get; init; } = [];

    /// <summary>Money each cause (actor, resource type, region) added lately, bounded.</summary>
    public IReadOnlyList<NamedTrack> Causes { get; init; } = [];

    /// <summary>Regions in which anything was started, bounded.</summary>
    public IReadOnlyList<NamedTrack> Regions { get; init; } = [];

    /// <summary>Latest cost-bearing events that were not flagged, oldest first, bounded: what a case takes in when it opens.</summary>
    public IReadOnlyList<Contribution> Recent { get; init; } = [];
}

/// <summary>A track under its name.</summary>
/// <param name="Name">Actor id, region or cause.</param>
/// <param name="Track">Its money.</param>
public sealed record NamedTrack(string Name, Track Track);
