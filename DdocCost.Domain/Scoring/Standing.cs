using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// What of a cause still runs, by when it was started: the question is not how much was added but what has not ended as such things ordinarily
/// do. What has stayed far longer is taken for something that stays, and is left out. Immutable, of bounded size. The default is nothing.
/// </summary>
/// <param name="Batches">Oldest first; null where there are none.</param>
public readonly record struct Standing(Batch[]? Batches)
{
    private const int Most = 12;

    // Beyond this many spreads something stays rather than runs long.
    private const double Stays = 3;

    // What is started within this share of a usual lifetime is one batch.
    private const double BatchShare = 0.25;

    // What is left of a rate when all of it has stopped, rounding aside.
    private const double Nothing = 1e-6;

    /// <summary>With something that was started.</summary>
    public Standing With(double usdPerHour, DateTimeOffset time, Expectation life)
    {
        if (Batches is not { Length: > 0 } known)
        {
            return new Standing([new Batch(time, usdPerHour, 0)]);
        }

        var at = known.Length - 1;
        while (at > 0 && time < known[at].Since)
        {
            at--; // it came late: it belongs to what was started then
        }

        var later = (time - known[at].Since).TotalHours;
        if (at < known.Length - 1 || later < Math.Min(1, BatchShare * life.Usual))
        {
            return Replaced(known, at, known[at].With(usdPerHour, later));
        }

        var begun = new Batch(time, usdPerHour, 0);
        return known.Length < Most ? new Standing([.. known, begun]) : new Standing([known[0].With(known[1]), .. known[2..], begun]);
    }

    /// <summary>Without something that stopped.</summary>
    public Standing Without(double usdPerHour, DateTimeOffset since)
    {
        for (var i = (Batches?.Length ?? 0) - 1; i >= 0; i--)
        {
            var batch = Batches![i];
            if (since >= batch.Since)
            {
                return batch.UsdPerHour - usdPerHour > Nothing
                    ? Replaced(Batches, i, batch with { UsdPerHour = batch.UsdPerHour - usdPerHour })
                    : Of([.. Batches[..i], .. Batches[(i + 1)..]]);
            }
        }

        return this;
    }

    /// <summary>Without all that runs longer than is usual: a case has it now.</summary>
    public Standing WithoutOverdue(DateTimeOffset time, Expectation life) =>
        Of([.. (Batches ?? []).Where(batch => life.Distance(batch.Hours(time)) <= 0)]);

    /// <summary>Without what has come to stay, and of how many batches that was.</summary>
    public (Standing Standing, int Stayed) WithoutStayed(DateTimeOffset time, Expectation life)
    {
        var stayed = 0;
        while (stayed < Batches?.Length && life.Distance(Batches[stayed].Hours(time)) >= Stays)
        {
            stayed++;
        }

        return stayed == 0 ? (this, 0) : (Of(Batches![stayed..]), stayed);
    }

    /// <summary>The part that has most likely been forgotten: from the oldest on, as many batches as make the largest loss.</summary>
    /// <remarks>Evidence of batches adds up as independent deviations do, as the root of the sum of squares.</remarks>
    /// <param name="time">Now, UTC.</param>
    /// <param name="lifetimes">How long such things run.</param>
    /// <param name="life">What to expect of that.</param>
    /// <param name="views">Weighs an amount.</param>
    internal Overdue Forgotten(DateTimeOffset time, in Lifetimes lifetimes, Expectation life, in Views views)
    {
        var most = lifetimes.MostEvidence;
        var (worst, worstLoss, usdPerHour, squares) = (default(Overdue), 0.0, 0.0, 0.0);
        foreach (var batch in most > 0 && Batches is { } known ? known : [])
        {
            var evidence = Math.Min(life.Surprise(batch.Hours(time)), most);
            if (evidence <= 0)
            {
                break;
            }

            usdPerHour += batch.UsdPerHour;
            squares += evidence * evidence;
            var now = new Overdue(usdPerHour * 24, Math.Sqrt(squares), Batches![0].Hours(time));
            if (views.Loss(now.UsdPerDay, now.Evidence) is var loss && loss > worstLoss)
            {
                (worst, worstLoss) = (now, loss);
            }
        }

        return worst;
    }

    private static Standing Of(Batch[] batches) => new(batches.Length > 0 ? batches : null);

    private static Standing Replaced(Batch[] known, int at, Batch batch)
    {
        var changed = (Batch[])known.Clone();
        changed[at] = batch;
        return new Standing(changed);
    }
}

/// <summary>What was started at about the same time and still runs.</summary>
/// <param name="Since">When the first of it was started, UTC.</param>
/// <param name="UsdPerHour">Its rate.</param>
/// <param name="MeanHoursLater">How much later the mean dollar of it was started, hours.</param>
public readonly record struct Batch(DateTimeOffset Since, double UsdPerHour, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double MeanHoursLater)
{
    /// <summary>How long it has run, hours.</summary>
    public double Hours(DateTimeOffset time) => Math.Max(0, (time - Since).TotalHours - MeanHoursLater);

    /// <summary>With something more, started so much later, or earlier where negative.</summary>
    public Batch With(double usdPerHour, double hoursLater)
    {
        var earlier = Math.Max(0, -hoursLater);
        var sum = (UsdPerHour * (MeanHoursLater + earlier)) + (usdPerHour * Math.Max(0, hoursLater));
        return new Batch(Since.AddHours(-earlier), UsdPerHour + usdPerHour, sum / Math.Max(double.Epsilon, UsdPerHour + usdPerHour));
    }

    /// <summary>As one with a later batch.</summary>
    public Batch With(Batch later) => With(later.UsdPerHour, (later.Since - Since).TotalHours + later.MeanHoursLater);
}

/// <summary>What has probably been forgotten.</summary>
/// <param name="UsdPerDay">What it costs.</param>
/// <param name="Evidence">What its running so long says, nats.</param>
/// <param name="Hours">How long the oldest of it has run.</param>
public readonly record struct Overdue(double UsdPerDay, double Evidence, double Hours);
