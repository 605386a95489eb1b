using System.Globalization;
using System.Text;

namespace DdocCost.App.Shell;

/// <summary>A value from a moment on.</summary>
public readonly record struct StepPoint(DateTimeOffset At, decimal Value);

/// <summary>A step chart as SVG paths in a box of 1000 × 100, with ticks at round numbers.</summary>
internal sealed class StepDrawing
{
    private const double PresentWidth = 16;

    /// <summary>Outline.</summary>
    public required string Line { get; init; }

    /// <summary>Filled down to zero.</summary>
    public required string Area { get; init; }

    /// <summary>Milliseconds since 1970 and value, as JSON for the readout.</summary>
    public required string Points { get; init; }

    /// <summary>Values at the side, percent from below.</summary>
    public required IReadOnlyList<(decimal Value, double Percent)> Ticks { get; init; }

    /// <summary>Moments below, percent from the left.</summary>
    public required IReadOnlyList<(DateTimeOffset At, double Percent)> Times { get; init; }

    /// <summary>Where the present is, percent from the left and from below; null without points.</summary>
    public required (double Left, double Bottom)? End { get; init; }

    /// <summary>Covers two days at most: hours are told, not dates.</summary>
    public required bool IsShort { get; init; }

    /// <summary>Draws; fewer than two points give an empty plot with its axis.</summary>
    public static StepDrawing Of(IReadOnlyList<StepPoint> points)
    {
        var top = RoundUp(points.Count == 0 ? 1 : Math.Max(0.01m, points.Max(p => p.Value)));
        var bottom = points.Count == 0 ? 0 : Math.Min(0, points.Min(p => p.Value));
        var (from, until) = points.Count < 2 ? (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1)) : (points[0].At, points[^1].At);
        // The present level is as good as a moment old and would have no width; it gets a little, or a jump just now could not be seen.
        double X(DateTimeOffset at) => (at - from) / (until - from) * (1000 - PresentWidth);
        double Y(decimal value) => (double)(1 - ((value - bottom) / (top - bottom))) * 100;

        var line = points.Count < 2 ? "" : Path(points, X, Y);
        return new StepDrawing
        {
            Line = line,
            Area = line.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{line}V{Y(0):0.##}H0Z"),
            Points = "[" + string.Join(',', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.At.ToUnixTimeMilliseconds()},{p.Value:0.######}]"))) + "]",
            Ticks = [.. Enumerable.Range(0, 5).Select(i => bottom + ((top - bottom) * i / 4)).Select(value => (value, 100 - Y(value)))],
            Times = points.Count < 2 ? [] : [.. TimesBetween(from, until).Select(at => (at, X(at) / 10))],
            End = points.Count < 2 ? null : (X(until) / 10, 100 - Y(points[^1].Value)),
            IsShort = until - from <= TimeSpan.FromHours(48),
        };
    }

    private static string Path(IReadOnlyList<StepPoint> points, Func<DateTimeOffset, double> x, Func<decimal, double> y)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M0 {y(points[0].Value):0.##}");
        foreach (var point in points.Skip(1))
        {
            path.Append(CultureInfo.InvariantCulture, $"H{x(point.At):0.##}V{y(point.Value):0.##}");
        }

        return path.Append("H1000").ToString();
    }

    /// <summary>The next of 1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10 times a power of ten: quarters of it are short numbers.</summary>
    internal static decimal RoundUp(decimal value)
    {
        var power = 0.01m;
        while (power * 10 < value)
        {
            power *= 10;
        }

        decimal[] steps = [1, 1.2m, 1.6m, 2, 2.4m, 3.2m, 4, 5, 6, 8, 10];
        return steps.Select(step => step * power).First(step => step >= value);
    }

    /// <summary>Round moments, UTC, at most eight; none so near an edge that its label would stand out.</summary>
    internal static IEnumerable<DateTimeOffset> TimesBetween(DateTimeOffset from, DateTimeOffset until)
    {
        var span = until - from;
        double[] hours = [1 / 60d, 1 / 12d, 0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 72, 120, 168, 336, 720];
        var step = hours.Select(TimeSpan.FromHours).FirstOrDefault(step => span / step <= 8, span / 8);
        for (var at = new DateTimeOffset(((from.UtcTicks / step.Ticks) + 1) * step.Ticks, TimeSpan.Zero); at < until - (span * 0.06); at += step)
        {
            if (at > from + (span * 0.06))
                yield return at;
        }
    }
}
