using System.Numerics;
using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// At which hours of the week something is ordinarily started: for each of the 168 hours (UTC, Monday first), in which of the latest eight
/// weeks. Of constant size, 168 bytes. The order in which events come does not matter, nor how many come in an hour. Changes in place.
/// </summary>
/// <remarks>
/// What is unwanted is taken to keep these hours half of the time (mistakes of people at work) and to fall on any hour the other half. With
/// the share p of ordinary starts that an hour is used to, Bayes' rule gives ln(½ + ½ · (1/168) / p) nats for it, nothing where all hours are
/// alike. Shares shrink in two steps (Dirichlet priors): the hour of the week to the same hour of all working days or of the weekend (as in
/// any baseline, three observations each), that to all hours being alike (Laplace's rule: one imagined start in each hour). So it says next to
/// nothing in the first week, half a nat at night after two months of office hours, and never more than 1.3.
/// </remarks>
public sealed record Rhythm
{
    /// <summary>Hours of a week.</summary>
    public const int Hours = 168;

    /// <summary>Weeks that count.</summary>
    public const int Weeks = 8;

    /// <summary>Share of an hour where all are alike.</summary>
    public const double Alike = 1.0 / Hours;

    private const int Workdays = 5;
    private const int WeekendDays = 2;
    private byte[]? cells;
    private int[]? active;

    // The share of the latest hour that was asked for, which many events ask for.
    private (long Hour, double Share) latest = (-1, 0);

    /// <summary>The latest week something was started in, counted from year 1; the lowest bit of a cell is of this week.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public long Week { get; internal set; }

    /// <summary>For each hour of the week the weeks it was active in, a bit each, the lowest for the latest; null where nothing was seen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonInclude]
    public byte[]? Cells
    {
        get => cells;
        internal set => (cells, active, latest) = (value is { Length: Hours } ? value : null, null, (-1, 0));
    }

    /// <summary>One that changes apart from this.</summary>
    public Rhythm Copy() => new() { Week = Week, Cells = cells?.AsSpan().ToArray() };

    /// <summary>Hour of the week of a time, 0 to 167, UTC; 0 is Monday's first.</summary>
    public static int HourOf(DateTimeOffset time) => (int)(time.UtcTicks / TimeSpan.TicksPerHour % Hours);

    /// <summary>Learns that something ordinary was started.</summary>
    public void Learn(DateTimeOffset time)
    {
        var ago = (int)Math.Clamp(Week - WeekOf(time), -Weeks, Weeks);
        if (cells is null || ago >= Weeks)
        {
            // Nothing is late by weeks: a clock that had run ahead was set right.
            (Week, Cells, ago) = (WeekOf(time), new byte[Hours], 0);
        }
        else if (ago < 0)
        {
            MoveOn(-ago);
            (Week, ago) = (WeekOf(time), 0);
        }

        var counted = Active; // before the cell changes
        ref var cell = ref cells![HourOf(time)];
        var bit = (byte)(1 << ago);
        if ((cell & bit) == 0)
        {
            cell |= bit;
            counted[ago]++;
            latest = latest.Hour == time.UtcTicks / TimeSpan.TicksPerHour ? latest : (-1, 0);
        }
    }

    /// <summary>What a start at this hour says, nats: at least 0.</summary>
    /// <param name="share">See <see cref="Share"/>.</param>
    public static double Evidence(double share) => share >= Alike ? 0 : Math.Log(0.5 + (0.5 * Alike / share));

    /// <summary>The share of ordinary starts that falls on the hour of a time, the present one left out; 1/168 where nothing is known.</summary>
    public double Share(DateTimeOffset time, DetectionOptions options)
    {
        if (cells is null)
        {
            return Alike;
        }

        var absolute = time.UtcTicks / TimeSpan.TicksPerHour;
        if (latest.Hour != absolute)
        {
            latest = (absolute, ShareOf(time, options));
        }

        return latest.Share;
    }

    private double ShareOf(DateTimeOffset time, DetectionOptions options)
    {
        var (week, hour) = (WeekOf(time), HourOf(time));
        var (first, days) = hour < Workdays * 24 ? (0, Workdays) : (Workdays, WeekendDays);
        var alike = 0.0;
        for (var day = first; day < first + days; day++)
        {
            alike += Weight((day * 24) + (hour % 24), week, hour, options);
        }

        var ofAlike = (alike + days) / (Total(week, hour, options) + Hours);
        return ofAlike * (Weight(hour, week, hour, options) + options.PriorWeight) / (alike + (options.PriorWeight * days));
    }

    /// <summary>In how many of the latest weeks an hour was active, later ones counting more, and out of how many.</summary>
    public (double Active, double All) Activity(int hour, DateTimeOffset knownSince, DetectionOptions options)
    {
        var (sum, known) = (0.0, 0.0);
        for (var ago = 0; ago < Weeks && Week - ago >= WeekOf(knownSince); ago++)
        {
            known += Kept(ago, options);
            sum += cells is not null && (cells[hour] >> ago & 1) != 0 ? Kept(ago, options) : 0;
        }

        return (sum, known);
    }

    private int[] Active
    {
        get
        {
            if (active is null)
            {
                active = new int[Weeks];
                foreach (var cell in cells ?? [])
                {
                    for (int rest = cell; rest != 0; rest &= rest - 1)
                    {
                        active[BitOperations.TrailingZeroCount(rest)]++;
                    }
                }
            }

            return active;
        }
    }

    private void MoveOn(int weeks)
    {
        for (var hour = 0; hour < Hours; hour++)
        {
            cells![hour] = (byte)(cells[hour] << weeks);
        }

        (active, latest) = (null, (-1, 0));
    }

    // The present hour does not speak for itself, so that a burst does not teach itself.
    private double Weight(int hour, long week, int present, DetectionOptions options)
    {
        var weight = 0.0;
        for (int rest = cells![hour]; rest != 0; rest &= rest - 1)
        {
            var ago = BitOperations.TrailingZeroCount(rest);
            weight += hour == present && Week - ago == week ? 0 : Kept(ago + week - Week, options);
        }

        return weight;
    }

    private double Total(long week, int present, DetectionOptions options)
    {
        var total = 0.0;
        for (var ago = 0; ago < Weeks; ago++)
        {
            total += Active[ago] == 0 ? 0 : Active[ago] * Kept(ago + week - Week, options);
        }

        var own = Week - week;
        return own is >= 0 and < Weeks && (cells![present] >> (int)own & 1) != 0 ? total - 1 : total;
    }

    // What was weeks ago counts half after the memory's half-life.
    private static double Kept(long weeks, DetectionOptions options) =>
        weeks < options.KeptByWeek.Length ? options.KeptByWeek[Math.Max(0, weeks)] : 0;

    private static long WeekOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerDay / 7;
}
